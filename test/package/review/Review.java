package example;

import io.github.cdkqualysconnectors.TrustMap;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Asks the trust map of an assembly. */
public final class Review {
    private Review() {
    }

    public static void main(final String[] args) throws Exception {
        final TrustMap map = TrustMap.fromAssembly(System.getenv("REVIEWED_ASSEMBLY"));
        if (!map.getFindings().isEmpty() || !map.changesSince(map).isEmpty()) {
            throw new IllegalStateException("something is to look at");
        }
        map.write(System.getenv("REVIEW_FOLDER"));
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (final String caller : map.callersOf("QualysConnector")) {
            out.println("caller: " + caller);
        }
    }
}
