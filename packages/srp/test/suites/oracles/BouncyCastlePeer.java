// BouncyCastle's two halves behind lines of text: one handshake a line, in hex, "identity password salt a b"; the answer is
// "v B K M1 M2". Run without compiling first: java -cp /usr/share/java/bcprov.jar BouncyCastlePeer.java 2048 SHA-256
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.agreement.srp.SRP6Client;
import org.bouncycastle.crypto.agreement.srp.SRP6Server;
import org.bouncycastle.crypto.agreement.srp.SRP6StandardGroups;
import org.bouncycastle.crypto.agreement.srp.SRP6VerifierGenerator;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.SRP6GroupParameters;
import org.bouncycastle.util.encoders.Hex;

public class BouncyCastlePeer {
    static Digest digest(String name) {
        if (name.equals("SHA-1")) return new SHA1Digest();
        if (name.equals("SHA-256")) return new SHA256Digest();
        if (name.equals("SHA-512")) return new SHA512Digest();
        throw new IllegalArgumentException("no digest " + name);
    }

    static SRP6GroupParameters group(String bits) {
        if (bits.equals("1024")) return SRP6StandardGroups.rfc5054_1024;
        if (bits.equals("2048")) return SRP6StandardGroups.rfc5054_2048;
        if (bits.equals("4096")) return SRP6StandardGroups.rfc5054_4096;
        throw new IllegalArgumentException("no group of " + bits + " bits");
    }

    static class GivenClient extends SRP6Client {
        final BigInteger a;
        GivenClient(BigInteger a) { this.a = a; }
        @Override protected BigInteger selectPrivateValue() { return a; }
    }

    static class GivenServer extends SRP6Server {
        final BigInteger b;
        GivenServer(BigInteger b) { this.b = b; }
        @Override protected BigInteger selectPrivateValue() { return b; }
    }

    public static void main(String[] args) throws Exception {
        SRP6GroupParameters group = group(args[0]);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null && !line.isEmpty();) {
            String[] hex = line.split(" ");
            byte[] identity = Hex.decode(hex[0]), password = Hex.decode(hex[1]), salt = Hex.decode(hex[2]);
            SRP6VerifierGenerator generator = new SRP6VerifierGenerator();
            generator.init(group, digest(args[1]));
            BigInteger v = generator.generateVerifier(salt, identity, password);
            SecureRandom unused = new SecureRandom();
            GivenServer server = new GivenServer(new BigInteger(hex[4], 16));
            server.init(group, v, digest(args[1]), unused);
            BigInteger B = server.generateServerCredentials();
            GivenClient client = new GivenClient(new BigInteger(hex[3], 16));
            client.init(group, digest(args[1]), unused);
            BigInteger A = client.generateClientCredentials(salt, identity, password);
            client.calculateSecret(B);
            server.calculateSecret(A);
            BigInteger M1 = client.calculateClientEvidenceMessage();
            if (!server.verifyClientEvidenceMessage(M1)) throw new IllegalStateException("the server refuses its own client");
            BigInteger M2 = server.calculateServerEvidenceMessage();
            if (!client.verifyServerEvidenceMessage(M2)) throw new IllegalStateException("the client refuses its own server");
            BigInteger K = client.calculateSessionKey();
            if (!K.equals(server.calculateSessionKey())) throw new IllegalStateException("two session keys");
            // An integer here, and so without the leading zeros of the digest that it is.
            String key = String.format("%0" + 2 * digest(args[1]).getDigestSize() + "x", K);
            System.out.println(v.toString(16) + " " + B.toString(16) + " " + key + " " + M1.toString(16) + " " + M2.toString(16));
        }
    }
}
