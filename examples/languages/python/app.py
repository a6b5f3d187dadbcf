from aws_cdk import App, Environment, Stack
from aws_cdk.aws_secretsmanager import Secret
from cdk_qualys_connectors import (
    AssumableRoles,
    BaseAccount,
    ConnectorPermissions,
    ConnectorRole,
    ConnectorService,
    ExternalId,
    QualysCredentials,
    QualysPlatform,
    TrustPrincipal,
)

REGION = "us-east-1"
SECURITY = "111111111111"
CONNECTED = {"Production": "222222222222", "Development": "333333333333"}
USER_NAME = "qualys-base-account"
ROLE_NAME = "QualysConnector"

app = App()

# Central Security: the user, its key, and the registration at the connector service
central_security = Stack(app, "CentralSecurity", env=Environment(account=SECURITY, region=REGION))
service = ConnectorService(
    platform=QualysPlatform.US_2,
    # JSON with the fields username and password, of an API user with full scope
    credentials=QualysCredentials.basic(Secret.from_secret_name_v2(central_security, "ApiUser", "qualys/api-user")),
)
BaseAccount(
    central_security,
    "BaseAccount",
    service=service,
    title="Central Security",
    user_name=USER_NAME,
    roles=AssumableRoles.named(ROLE_NAME, organization_id="o-a1b2c3d4e5"),
)

# Production and Development: the role that the service assumes
for name, account in CONNECTED.items():
    ConnectorRole(
        Stack(app, name, env=Environment(account=account, region=REGION)),
        "ConnectorRole",
        role_name=ROLE_NAME,
        trust=TrustPrincipal.base_account(SECURITY, user_name=USER_NAME),
        external_id=ExternalId.per_account("8317265094418823"),
        permissions=ConnectorPermissions.security_posture(),
    )

app.synth()
