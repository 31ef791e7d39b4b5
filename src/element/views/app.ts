import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Environment } from '../../device/in-app.ts';
import type { Order } from '../../protocol.ts';
import type { Messages } from '../messages/messages.ts';
import { appLink } from './card.ts';
import { codeIcon, icon } from './icons.ts';

/** How far the customer is on the way into the app; `byHand`: the picture could not be handed over. */
export type AppStage = 'ready' | 'leaving' | 'back' | 'framed' | 'byHand';

export interface AppStageView {
  t: Messages;
  stage: AppStage;
  environment: Environment;
  /** The customer asked for the code, or the page did. */
  isCodeShown: boolean;
  /** Not where the page wants the code to be there all the time. */
  canHideCode: boolean;
  canShare: boolean;
  actions: {
    leave(event: MouseEvent): void;
    toggleCode(): void;
    /** The picture may be wanted in a moment, and browsers share only right after the press. */
    prepare(): void;
    saveImage(): void;
    share(): void;
  };
}

const saveIcon = icon(svg`<path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14" />`);
const shareIcon = icon(svg`<path d="M12 15V4M8 7.5L12 3.5l4 4M6 11v9h12v-9" />`);

/** Into the app by one press; and where the app is on another device, the code in some form. */
export function appStage(view: AppStageView, order: Order): TemplateResult {
  const { t, stage, environment, isCodeShown, canHideCode, canShare, actions } = view;
  const isPhone = environment === 'phone';
  const name = environment === 'desktop' ? 'phone' : environment;
  return html`
    <div class="way">
      ${appLink(t.openApp[name], order, actions.leave)}
      <p class="hint">${stageHint(t, stage)}</p>
      ${
        isPhone
          ? html`<div class="tools" @pointerdown=${actions.prepare}>
              ${quiet(html`${saveIcon} ${t.saveImage}`, actions.saveImage)}
              ${canShare ? quiet(html`${shareIcon} ${t.share}`, actions.share) : nothing}
            </div>`
          : nothing
      }
      ${
        canHideCode
          ? html`<button class="quiet" aria-expanded=${isCodeShown} @click=${actions.toggleCode}>
              ${codeIcon} ${t.showCode}
            </button>`
          : nothing
      }
    </div>
  `;
}

const quiet = (label: unknown, press: () => void): TemplateResult =>
  html`<button class="quiet" @click=${press}>${label}</button>`;

/** What is said below the link. */
export function stageHint(t: Messages, stage: AppStage): string {
  switch (stage) {
    case 'ready':
      return t.continueInApp;
    case 'leaving':
      return t.leaving;
    case 'back':
      return t.backUnpaid;
    case 'framed':
      return t.framed;
    case 'byHand':
      return t.saveByHand;
  }
}
