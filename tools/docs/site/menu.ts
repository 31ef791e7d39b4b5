/** On a narrow screen the menu is a popover, which a choice within the same page does not close. */
export function prepareMenu(): void {
  const menu = document.querySelector<HTMLElement>('#menu');
  menu?.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a') && menu.matches(':popover-open')) {
      menu.hidePopover();
    }
  });
}
