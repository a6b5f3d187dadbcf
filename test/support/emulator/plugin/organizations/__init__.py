"""Organizations, of which MiniStack makes one for every account that asks, with account IDs of its own choice.

AWS: an organization has one management account; others join it by an invitation and keep their ID. Everybody else is told that
the account is in no organization. The management account may call everything, a delegated administrator of any service may read,
another member only DescribeOrganization; of an account are told State and Paths beside Status. Lists come in pages. IAM knows the
organization of the caller and of the resource (aws:PrincipalOrgID, aws:ResourceOrgID, and both OrgPaths).

Not modelled: the effect of service control policies, the limits of invitations and closures, the states between ACTIVE and
SUSPENDED, and the rights of delegated administrators that a resource policy of the organization gives. That Paths end with the
account's ID is inferred from the pattern in AWS's model. Which services a suspended account may still call is not enforced.
"""
