<?php
/**
 * One request to the acquiring API in the form PayBy's PHP SDK puts on the wire: RFC 3339 time, the
 * partner in the body too, json_encode's own escaping, the SDK's headers.
 *
 * Reads {"baseUrl", "partnerId", "privateKey", "path", "bizContent"} from standard input, and writes
 * {"sent", "status", "sign", "answer"} to standard output.
 */

$order = json_decode(stream_get_contents(STDIN), true, 512, JSON_THROW_ON_ERROR);

$body = json_encode([
    'requestTime' => date(DATE_RFC3339_EXTENDED),
    'partnerId' => $order['partnerId'],
    'bizContent' => $order['bizContent'],
]);
openssl_sign($body, $signature, $order['privateKey'], OPENSSL_ALGO_SHA256);

$headers = [
    'X-PayBy-Client-User-Agent: ' . json_encode(['lang' => 'php', 'lang_version' => phpversion()]),
    'User-Agent: PayBy/v1 PhpBindings/0.0.9',
    'Content-Language: en',
    'Partner-Id: ' . $order['partnerId'],
    'Content-type: application/json;charset=UTF-8',
    'sign: ' . base64_encode($signature),
];
$answer = file_get_contents($order['baseUrl'] . $order['path'], false, stream_context_create([
    'http' => [
        'method' => 'POST',
        'header' => $headers,
        'content' => $body,
        'ignore_errors' => true,
        'timeout' => 20,
    ],
]));

$sign = '';
foreach ($http_response_header as $line) {
    if (stripos($line, 'sign:') === 0) {
        $sign = trim(substr($line, 5));
    }
}
preg_match('/^HTTP\S+ (\d+)/', $http_response_header[0], $status);

echo json_encode([
    'sent' => $body,
    'status' => (int) $status[1],
    'sign' => $sign,
    'answer' => $answer,
]);
