package example;

import io.github.cdkqualysconnectors.AssumableRoles;
import io.github.cdkqualysconnectors.BaseAccount;
import io.github.cdkqualysconnectors.TrustedBaseAccountOptions;
import io.github.cdkqualysconnectors.ConnectorPermissions;
import io.github.cdkqualysconnectors.ConnectorRole;
import io.github.cdkqualysconnectors.ConnectorService;
import io.github.cdkqualysconnectors.ExternalId;
import io.github.cdkqualysconnectors.NamedRolesOptions;
import io.github.cdkqualysconnectors.QualysCredentials;
import io.github.cdkqualysconnectors.QualysPlatform;
import io.github.cdkqualysconnectors.TrustPrincipal;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.secretsmanager.Secret;

public final class ThreeAccounts {
    private static final String REGION = "us-east-1";
    private static final String SECURITY = "111111111111";
    private static final Map<String, String> CONNECTED = Map.of("Production", "222222222222", "Development", "333333333333");
    private static final String USER_NAME = "qualys-base-account";
    private static final String ROLE_NAME = "QualysConnector";

    public static void main(String[] args) {
        App app = new App();
        baseAccount(stack(app, "CentralSecurity", SECURITY));
        CONNECTED.forEach((name, account) -> connectorRole(stack(app, name, account)));
        app.synth();
    }

    /** Central Security: the user, its key, and the registration at the connector service. */
    private static void baseAccount(Stack centralSecurity) {
        ConnectorService service = ConnectorService.Builder.create()
            .platform(QualysPlatform.US_2)
            // JSON with the fields username and password, of an API user with full scope
            .credentials(QualysCredentials.basic(Secret.fromSecretNameV2(centralSecurity, "ApiUser", "qualys/api-user")))
            .build();
        BaseAccount.Builder.create(centralSecurity, "BaseAccount")
            .service(service)
            .title("Central Security")
            .userName(USER_NAME)
            .roles(AssumableRoles.named(ROLE_NAME, NamedRolesOptions.builder().organizationId("o-a1b2c3d4e5").build()))
            .build();
    }

    /** Production and Development: the role that the service assumes. */
    private static void connectorRole(Stack connected) {
        ConnectorRole.Builder.create(connected, "ConnectorRole")
            .roleName(ROLE_NAME)
            .trust(TrustPrincipal.baseAccount(SECURITY, TrustedBaseAccountOptions.builder().userName(USER_NAME).build()))
            .externalId(ExternalId.perAccount("8317265094418823"))
            .permissions(ConnectorPermissions.securityPosture())
            .build();
    }

    private static Stack stack(App app, String name, String account) {
        return new Stack(app, name, StackProps.builder().env(Environment.builder().account(account).region(REGION).build()).build());
    }

    private ThreeAccounts() {
    }
}
