package example;

import io.github.cdkqualysconnectors.AssumableRoles;
import io.github.cdkqualysconnectors.BaseAccount;
import io.github.cdkqualysconnectors.BaseAccountAlarms;
import io.github.cdkqualysconnectors.ConnectorFleet;
import io.github.cdkqualysconnectors.ConnectorFleetAlarms;
import io.github.cdkqualysconnectors.ConnectorPermissions;
import io.github.cdkqualysconnectors.ConnectorRoleStackSet;
import io.github.cdkqualysconnectors.ConnectorService;
import io.github.cdkqualysconnectors.ExternalId;
import io.github.cdkqualysconnectors.NamedRolesOptions;
import io.github.cdkqualysconnectors.QualysCredentials;
import io.github.cdkqualysconnectors.QualysPlatform;
import io.github.cdkqualysconnectors.TrustPrincipal;
import io.github.cdkqualysconnectors.TrustedBaseAccountOptions;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.secretsmanager.Secret;

public final class Organization {
    private static final String ACCOUNT = "111111111111";
    private static final String ROLE_NAME = "QualysConnector";
    private static final String USER_NAME = "qualys-base-account";

    public static void main(String[] args) {
        App app = new App();

        // The role in every account of an organizational unit, and in those that join later
        ConnectorRoleStackSet roles = ConnectorRoleStackSet.Builder.create(stack(app, "ConnectorRoles"), "Roles")
            .organizationalUnits(List.of("ou-ab12-c3d4e5f6"))
            .roleName(ROLE_NAME)
            .trust(TrustPrincipal.baseAccount(ACCOUNT, TrustedBaseAccountOptions.builder().userName(USER_NAME).build()))
            .externalId(ExternalId.perAccount("8317265094418823"))
            .permissions(ConnectorPermissions.securityPosture())
            .build();

        // Central Security: the base account, whose key is tried on all roles before the service has it
        Stack centralSecurity = stack(app, "CentralSecurity");
        ConnectorService service = ConnectorService.Builder.create()
            .platform(QualysPlatform.US_2)
            // JSON with the fields username and password, of an API user with full scope
            .credentials(QualysCredentials.basic(Secret.fromSecretNameV2(centralSecurity, "ApiUser", "qualys/api-user")))
            .build();
        BaseAccount baseAccount = BaseAccount.Builder.create(centralSecurity, "BaseAccount")
            .service(service)
            .title("Central Security")
            .userName(USER_NAME)
            .roles(AssumableRoles.named(ROLE_NAME, NamedRolesOptions.builder().organizationId("o-a1b2c3d4e5").build()))
            .verifyAccessTo(List.of(roles.getAccounts()))
            .build();
        BaseAccountAlarms.Builder.create(centralSecurity, "Alarms").registration(baseAccount.getRegistration()).build();

        // A connector for each account
        Stack connectors = stack(app, "Connectors");
        ConnectorFleet fleet = ConnectorFleet.Builder.create(connectors, "Fleet").service(service).accounts(List.of(roles.getAccounts())).build();
        ConnectorFleetAlarms.Builder.create(connectors, "Alarms").fleet(fleet).build();

        app.synth();
    }

    private static Stack stack(App app, String name) {
        return new Stack(app, name, StackProps.builder().env(Environment.builder().account(ACCOUNT).region("us-east-1").build()).build());
    }

    private Organization() {
    }
}
