from aws_cdk import App, Environment, Stack
from aws_cdk.aws_secretsmanager import Secret
from cdk_qualys_connectors import (
    AssumableRoles,
    BaseAccount,
    BaseAccountAlarms,
    Connector,
    ConnectorPermissions,
    ConnectorRole,
    ConnectorService,
    ExternalId,
    QualysCredentials,
    QualysPlatform,
    TrustPrincipal,
)

REGION = "us-east-1"
SECURITY = Environment(account="111111111111", region=REGION)
CONNECTED = {"Production": "222222222222", "Development": "333333333333"}
ROLE_NAME = "QualysConnector"

app = App()

# Central Security: the user, its key, and the registration at the connector service
central_security = Stack(app, "CentralSecurity", env=SECURITY)
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
    user_name="qualys-base-account",
    roles=AssumableRoles.named(ROLE_NAME, organization_id="o-a1b2c3d4e5"),
)
BaseAccountAlarms(central_security, "Alarms", registration=base_account.registration)

# Production and Development: the role that the service assumes. Its connector stands beside the service's credentials
connectors = Stack(app, "Connectors", env=SECURITY)
for name, account in CONNECTED.items():
    role = ConnectorRole(
        Stack(app, name, env=Environment(account=account, region=REGION)),
        "ConnectorRole",
        role_name=ROLE_NAME,
        trust=TrustPrincipal.of_user(base_account.user),
        external_id=ExternalId.per_account("8317265094418823"),
        permissions=ConnectorPermissions.security_posture(),
    )
    Connector(connectors, name, service=service, role=role, name=name)

app.synth()
