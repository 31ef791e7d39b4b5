import { LitElement, type PropertyDeclarations } from 'lit';

/** An element that takes part in forms as the browser's own fields do. */
export class FormElement extends LitElement {
  static formAssociated = true;

  // Open to what a class that extends this one adds.
  static override properties: PropertyDeclarations = {
    // Attributes that nobody has written would be foreign to a framework that takes over a server's page.
    name: { reflect: true, useDefault: true },
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
  };

  /** The name its value is sent under. */
  name = '';

  /** Keeps the form from being sent before there is a value. */
  required = false;

  /** Keeps the customer from starting. */
  disabled = false;

  /** Nothing, or without its methods, in emulations of browsers that unit tests run in. */
  protected readonly internals: Partial<ElementInternals> = this.attachInternals?.() ?? {};
  #isFormDisabled = false;
  #isComplete = true;

  /** The form it belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form ?? null;
  }

  /** What its form has against it. */
  get validity(): ValidityState {
    return this.internals.validity as ValidityState; // every browser has it
  }

  /** The same in words, for the customer; empty when there is nothing. */
  get validationMessage(): string {
    return this.internals.validationMessage ?? '';
  }

  /** Whether its form asks it at all. */
  get willValidate(): boolean {
    return this.internals.willValidate ?? false;
  }

  /** Whether its form may be sent, as far as it is concerned. */
  checkValidity(): boolean {
    return this.internals.checkValidity?.() ?? this.#isComplete;
  }

  /** The same, and the browser tells the customer what is missing. */
  reportValidity(): boolean {
    return this.internals.reportValidity?.() ?? this.#isComplete;
  }

  /** Called by the browser: a fieldset around it counts, too. */
  async formDisabledCallback(isDisabled: boolean): Promise<void> {
    this.#isFormDisabled = isDisabled;
    await null; // an update that reflects `disabled`, and calls this, has rendered before
    this.requestUpdate();
  }

  protected get isDisabled(): boolean {
    return this.disabled || this.#isFormDisabled;
  }

  /**
   * @param value sent with the form; none when empty
   * @param missing what is said when a value is required
   * @param anchor where it is said, and what gets the focus then
   */
  protected setFormValue(value: string, missing: string, anchor: HTMLElement | null): void {
    this.internals.setFormValue?.(value || null);
    const isMissing = this.required && !value;
    this.#isComplete = !isMissing;
    this.internals.setValidity?.(
      { valueMissing: isMissing },
      isMissing ? missing || '…' : '',
      anchor ?? undefined,
    );
  }
}
