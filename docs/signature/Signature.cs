using System.Security.Cryptography;

static string Sign(byte[] body, string privateKey)
{
    using var rsa = RSA.Create();
    rsa.ImportFromPem(privateKey);
    return Convert.ToBase64String(rsa.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
}

static bool IsSigned(byte[] body, string sign, string paybyPublicKey)
{
    using var rsa = RSA.Create();
    rsa.ImportFromPem(paybyPublicKey);
    var signature = new byte[sign.Length];
    return Convert.TryFromBase64String(sign, signature, out var length)
        && rsa.VerifyData(body, signature[..length], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}

// To try it: dotnet run Signature.cs sign private.pem < body, or verify public.pem <signature> < body.
using var input = new MemoryStream();
Console.OpenStandardInput().CopyTo(input);
var (body, key) = (input.ToArray(), File.ReadAllText(args[1]));
Console.WriteLine(args[0] == "sign" ? Sign(body, key) : IsSigned(body, args[2], key) ? "valid" : "invalid");
