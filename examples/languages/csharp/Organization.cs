using Amazon.CDK;
using Amazon.CDK.AWS.SecretsManager;
using CdkQualysConnectors;
using Environment = Amazon.CDK.Environment;

public static class Organization
{
    private const string Account = "111111111111";
    private const string RoleName = "QualysConnector";
    private const string UserName = "qualys-base-account";

    public static void Build(App app)
    {
        // The role in every account of an organizational unit, and in those that join later
        var roles = new ConnectorRoleStackSet(StackIn(app, "ConnectorRoles"), "Roles", new ConnectorRoleStackSetProps
        {
            OrganizationalUnits = ["ou-ab12-c3d4e5f6"],
            RoleName = RoleName,
            Trust = TrustPrincipal.BaseAccount(Account, new TrustedBaseAccountOptions { UserName = UserName }),
            ExternalId = ExternalId.PerAccount("8317265094418823"),
            Permissions = ConnectorPermissions.SecurityPosture(),
        });

        // Central Security: the base account, whose key is tried on all roles before the service has it
        var centralSecurity = StackIn(app, "CentralSecurity");
        var service = new ConnectorService(new ConnectorServiceProps
        {
            Platform = QualysPlatform.US_2,
            // JSON with the fields username and password, of an API user with full scope
            Credentials = QualysCredentials.Basic(Secret.FromSecretNameV2(centralSecurity, "ApiUser", "qualys/api-user")),
        });
        var baseAccount = new BaseAccount(centralSecurity, "BaseAccount", new BaseAccountProps
        {
            Service = service,
            Title = "Central Security",
            UserName = UserName,
            Roles = AssumableRoles.Named(RoleName, new NamedRolesOptions { OrganizationId = "o-a1b2c3d4e5" }),
            VerifyAccessTo = [roles.Accounts],
        });
        _ = new BaseAccountAlarms(centralSecurity, "Alarms", new BaseAccountAlarmsProps { Registration = baseAccount.Registration });

        // A connector for each account
        var connectors = StackIn(app, "Connectors");
        var fleet = new ConnectorFleet(connectors, "Fleet", new ConnectorFleetProps { Service = service, Accounts = [roles.Accounts] });
        _ = new ConnectorFleetAlarms(connectors, "Alarms", new ConnectorFleetAlarmsProps { Fleet = fleet });
    }

    private static Stack StackIn(App app, string name) =>
        new(app, name, new StackProps { Env = new Environment { Account = Account, Region = "us-east-1" } });
}
