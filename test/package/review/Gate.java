package example;

import io.github.cdkqualysconnectors.TrustReview;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.Role;

/** An app with a role that is open without EXTERNAL_ID, and with the review. */
public final class Gate {
    private Gate() {
    }

    public static void main(final String[] args) {
        final App app = new App();
        Validations.of(app).addPlugins(TrustReview.Builder.create().directory("reviewed").build());
        final Environment env = Environment.builder().account("222222222222").region("us-east-1").build();
        final Stack stack = new Stack(app, "Member", StackProps.builder().env(env).build());
        final Role.Builder role = Role.Builder.create(stack, "Scanner").roleName("scanner").assumedBy(new AccountPrincipal("888888888888"));
        final String externalId = System.getenv("EXTERNAL_ID");
        if (externalId != null) {
            role.externalIds(List.of(externalId));
        }
        role.build();
        app.synth();
    }
}
