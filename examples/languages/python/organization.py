from aws_cdk import App, Environment, Stack
from aws_cdk.aws_secretsmanager import Secret
from cdk_qualys_connectors import (
    AssumableRoles,
    BaseAccount,
    BaseAccountAlarms,
    ConnectorFleet,
    ConnectorFleetAlarms,
    ConnectorPermissions,
    ConnectorRoleStackSet,
    ConnectorService,
    ExternalId,
    QualysCredentials,
    QualysPlatform,
    TrustPrincipal,
)

ACCOUNT = "111111111111"
ENV = Environment(account=ACCOUNT, region="us-east-1")
ROLE_NAME = "QualysConnector"
USER_NAME = "qualys-base-account"

app = App()

# The role in every account of an organizational unit, and in those that join later
roles = ConnectorRoleStackSet(
    Stack(app, "ConnectorRoles", env=ENV),
    "Roles",
    organizational_units=["ou-ab12-c3d4e5f6"],
    role_name=ROLE_NAME,
    trust=TrustPrincipal.base_account(ACCOUNT, user_name=USER_NAME),
    external_id=ExternalId.per_account("8317265094418823"),
    permissions=ConnectorPermissions.security_posture(),
)

# Central Security: the base account, whose key is tried on all roles before the service has it
central_security = Stack(app, "CentralSecurity", env=ENV)
service = ConnectorService(
    platform=QualysPlatform.US_2,
    # JSON with the fields username and password, of an API user with full scope
    credentials=QualysCredentials.basic(Secret.from_secret_name_v2(central_security, "ApiUser", "qualys/api-user")),
)
base_account = BaseAccount(
    central_security,
    "BaseAccount",
    service=service,
    title="Central Security",
    user_name=USER_NAME,
    roles=AssumableRoles.named(ROLE_NAME, organization_id="o-a1b2c3d4e5"),
    verify_access_to=[roles.accounts],
)
BaseAccountAlarms(central_security, "Alarms", registration=base_account.registration)

# A connector for each account
connectors = Stack(app, "Connectors", env=ENV)
fleet = ConnectorFleet(connectors, "Fleet", service=service, accounts=[roles.accounts])
ConnectorFleetAlarms(connectors, "Alarms", fleet=fleet)

app.synth()
