from base64 import b64decode, b64encode
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key


def sign(body: bytes, private_key: bytes) -> str:
    key = load_pem_private_key(private_key, password=None)
    return b64encode(key.sign(body, PKCS1v15(), SHA256())).decode()


def is_signed(body: bytes, sign: str, payby_public_key: bytes) -> bool:
    key = load_pem_public_key(payby_public_key)
    try:
        key.verify(b64decode(sign), body, PKCS1v15(), SHA256())
        return True
    except Exception:  # a signature that is wrong, or none at all
        return False


# To try it: python3 signature.py sign private.pem < body, or verify public.pem <signature> < body.
if __name__ == "__main__":
    from pathlib import Path
    from sys import argv, stdin

    body, key = stdin.buffer.read(), Path(argv[2]).read_bytes()
    if argv[1] == "sign":
        print(sign(body, key))
    else:
        print("valid" if is_signed(body, argv[3], key) else "invalid")
