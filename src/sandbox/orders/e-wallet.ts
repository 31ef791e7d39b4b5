/** The rules of `paySceneParams` for `EWALLET`, the way from a phone's browser into an app. */
import * as v from 'valibot';
import { validate } from '../http/signed-request.ts';
import { text } from '../wire/fields.ts';
import { Refusal } from '../wire/return-codes.ts';

/** The apps the sandbox wallet stands for. PayBy's documentation has others, which it does not. */
const wallets = v.picklist(['botim-pay', 'payby']);

const eWalletSchema = v.looseObject({
  eWalletCode: v.optional(v.unknown()),
  terminalType: v.optional(v.picklist(['WEB', 'WAP', 'APP'])),
  osType: v.optional(v.picklist(['IOS', 'ANDROID'])),
  redirectUrl: v.optional(
    v.pipe(
      text(512),
      v.check((url) => URL.canParse(url), 'expected an absolute URL'),
    ),
  ),
});

/**
 * @throws Refusal 400 naming the field, 62080 without an eWalletCode, 62081 for an unknown one, 62072
 * without the page to come back to
 */
export function checkEWallet(paySceneParams: unknown): void {
  const name = 'bizContent.paySceneParams';
  const { eWalletCode, redirectUrl } = validate(eWalletSchema, paySceneParams ?? {}, name);
  if (eWalletCode === undefined) throw new Refusal('MISSING_EWALLET_CODE');
  if (!v.is(wallets, eWalletCode)) {
    const detail = `expected ${wallets.options.map((code) => `"${code}"`).join(' or ')}`;
    throw new Refusal('INVALID_EWALLET_CODE', detail);
  }
  if (redirectUrl === undefined) throw new Refusal('MISSING_REDIRECT_URL');
}
