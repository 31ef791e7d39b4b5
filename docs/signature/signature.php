<?php
function sign(string $body, string $privateKey): string {
    openssl_sign($body, $signature, $privateKey, OPENSSL_ALGO_SHA256);
    return base64_encode($signature);
}

function isSigned(string $body, string $sign, string $paybyPublicKey): bool {
    return openssl_verify($body, base64_decode($sign), $paybyPublicKey, OPENSSL_ALGO_SHA256) === 1;
}

// To try it: php signature.php sign private.pem < body, or verify public.pem <signature> < body.
[, $call, $key] = $argv;
$body = file_get_contents('php://stdin');
echo match ($call) {
    'sign' => sign($body, file_get_contents($key)),
    'verify' => isSigned($body, $argv[3], file_get_contents($key)) ? 'valid' : 'invalid',
}, "\n";
