package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"os"
)

func sign(body []byte, privateKey string) (string, error) {
	block, _ := pem.Decode([]byte(privateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return "", err
	}
	digest := sha256.Sum256(body)
	signature, err := rsa.SignPKCS1v15(rand.Reader, key.(*rsa.PrivateKey), crypto.SHA256, digest[:])
	return base64.StdEncoding.EncodeToString(signature), err
}

func isSigned(body []byte, sign string, paybyPublicKey string) bool {
	block, _ := pem.Decode([]byte(paybyPublicKey))
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return false
	}
	digest := sha256.Sum256(body)
	signature, err := base64.StdEncoding.DecodeString(sign)
	return err == nil && rsa.VerifyPKCS1v15(key.(*rsa.PublicKey), crypto.SHA256, digest[:], signature) == nil
}

// To try it: go run signature.go sign private.pem < body, or verify public.pem <signature> < body.
func main() {
	body, err := io.ReadAll(os.Stdin)
	key, unread := os.ReadFile(os.Args[2])
	if err != nil || unread != nil {
		panic("the body or the key cannot be read")
	}
	said := "invalid"
	if os.Args[1] == "sign" {
		if said, err = sign(body, string(key)); err != nil {
			panic(err)
		}
	} else if isSigned(body, os.Args[3], string(key)) {
		said = "valid"
	}
	fmt.Println(said)
}
