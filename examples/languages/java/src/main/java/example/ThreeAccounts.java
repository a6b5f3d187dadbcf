package example;

import io.github.cdkqualysconnectors.AssumableRoles;
import io.github.cdkqualysconnectors.BaseAccount;
import io.github.cdkqualysconnectors.BaseAccountAlarms;
import io.github.cdkqualysconnectors.Connector;
import io.github.cdkqualysconnectors.ConnectorPermissions;
import io.github.cdkqualysconnectors.ConnectorRole;
import io.github.cdkqualysconnectors.ConnectorService;
import io.github.cdkqualysconnectors.ExternalId;
import io.github.cdkqualysconnectors.NamedRolesOptions;
import io.github.cdkqualysconnectors.QualysCredentials;
import io.github.cdkqualysconnectors.QualysPlatform;
import io.github.cdkqualysconnectors.TrustPrincipal;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.secretsmanager.Secret;

public final class ThreeAccounts {
    private record Account(String name, String id) {
    }

    private static final String REGION = "us-east-1";
    private static final String SECURITY = "111111111111";
    private static final List<Account> CONNECTED =
        List.of(new Account("Production", "222222222222"), new Account("Development", "333333333333"));
    private static final String ROLE_NAME = "QualysConnector";

    public static void main(String[] args) {
        App app = new App();

        // Central Security: the user, its key, and the registration at the connector service
        Stack centralSecurity = stack(app, "CentralSecurity", SECURITY);
        ConnectorService service = ConnectorService.Builder.create()
            .platform(QualysPlatform.US_2)
            // JSON with the fields username and password, of an API user with full scope
            .credentials(QualysCredentials.basic(Secret.fromSecretNameV2(centralSecurity, "ApiUser", "qualys/api-user")))
            .build();
        BaseAccount baseAccount = BaseAccount.Builder.create(centralSecurity, "BaseAccount")
            .service(service)
            .title("Central Security")
            .userName("qualys-base-account")
            .roles(AssumableRoles.named(ROLE_NAME, NamedRolesOptions.builder().organizationId("o-a1b2c3d4e5").build()))
            .build();
        BaseAccountAlarms.Builder.create(centralSecurity, "Alarms").registration(baseAccount.getRegistration()).build();

        // Production and Development: the role that the service assumes. Its connector stands beside the service's credentials
        Stack connectors = stack(app, "Connectors", SECURITY);
        for (Account account : CONNECTED) {
            ConnectorRole role = ConnectorRole.Builder.create(stack(app, account.name(), account.id()), "ConnectorRole")
                .roleName(ROLE_NAME)
                .trust(TrustPrincipal.ofUser(baseAccount.getUser()))
                .externalId(ExternalId.perAccount("8317265094418823"))
                .permissions(ConnectorPermissions.securityPosture())
                .build();
            Connector.Builder.create(connectors, account.name()).service(service).role(role).name(account.name()).build();
        }

        app.synth();
    }

    private static Stack stack(App app, String name, String account) {
        return new Stack(app, name, StackProps.builder().env(Environment.builder().account(account).region(REGION).build()).build());
    }

    private ThreeAccounts() {
    }
}
