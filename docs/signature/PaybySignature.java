import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

public class PaybySignature {
    static String sign(byte[] body, String privateKey) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(privateKey))));
        signature.update(body);
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    static boolean isSigned(byte[] body, String sign, String paybyPublicKey) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der(paybyPublicKey))));
        signature.update(body);
        try {
            return signature.verify(Base64.getDecoder().decode(sign));
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            return false;
        }
    }

    static byte[] der(String pem) {
        return Base64.getDecoder().decode(pem.replaceAll("-----[^-]+-----|\\s", ""));
    }

    // To try it: java PaybySignature.java sign private.pem < body, or verify public.pem <signature> < body.
    public static void main(String[] args) throws Exception {
        var body = System.in.readAllBytes();
        var key = java.nio.file.Files.readString(java.nio.file.Path.of(args[1]));
        var said = args[0].equals("sign") ? sign(body, key) : isSigned(body, args[2], key) ? "valid" : "invalid";
        System.out.println(said);
    }
}
