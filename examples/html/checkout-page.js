(() => {
  const find = (id) => document.getElementById(id);
  const cups = find('cups');
  const payment = find('payment');

  // What a shop has anyway; the cart's id comes from your server, and stays the same over reloads.
  const newCart = () => {
    const id = `cart-${crypto.randomUUID().slice(0, 8)}`;
    sessionStorage.setItem('cart', id);
    return id;
  };
  let reference = sessionStorage.getItem('cart') || newCart();

  const withToken = () => ({ headers: { authorization: 'Bearer a-customer' } });

  function setUp(checkout) {
    const count = cups.valueAsNumber || 0;
    checkout.reference = reference;
    checkout.details = { items: { karak: count } };
    checkout.requestInit = withToken;
    checkout.querySelector('[slot=pay-label]').textContent = `Pay for ${count}`;
    checkout.querySelector('[slot=footer]').textContent =
      `Ready about ${2 + count} minutes after the payment.`;
  }

  find('toggle').addEventListener('click', () => {
    const isOpen = payment.childElementCount > 0;
    find('toggle').textContent = isOpen ? 'Check out' : 'Back to the cart';
    if (isOpen) return payment.replaceChildren();
    const content = document.importNode(find('checkout').content, true);
    setUp(content.querySelector('payby-checkout'));
    payment.append(content);
  });

  cups.addEventListener('input', () => {
    for (const checkout of payment.children) setUp(checkout);
  });

  payment.addEventListener('payby-change', ({ state }) => {
    cups.disabled = state.phase !== 'idle';
  });

  payment.addEventListener('payby-paid', ({ order }) => {
    // For the customer's eyes; what is delivered, your server decides.
    const { amount, currency } = order.amount;
    find('thanks').textContent = `Thank you! ${currency} ${amount.toFixed(2)} received.`;
    find('thanks').hidden = find('again').hidden = false;
  });

  payment.addEventListener('payby-error', ({ retryable }) => {
    find('trouble').hidden = retryable; // the card says what went wrong, and can try again if that may help
  });

  find('again').addEventListener('click', () => {
    reference = newCart();
    find('thanks').hidden = find('again').hidden = true;
    for (const checkout of payment.children) setUp(checkout);
  });
})();
