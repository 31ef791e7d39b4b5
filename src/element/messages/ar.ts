import type { Messages } from './messages.ts';

const askFirst = 'إذا كنت قد دفعت للتو، فيرجى سؤال المتجر قبل الدفع مرة أخرى.';
const refused = `لم يتمكن المتجر من بدء عملية الدفع هذه. ${askFirst}`;
const unreadable = `تعذّر استخدام رد المتجر. ${askFirst}`;

export const ar: Messages = {
  lang: 'ar',
  title: 'الدفع عبر BOTIM أو PayBy',
  intro: 'للدفع، يرجى مسح الرمز بهاتفك ثم التأكيد في التطبيق.',
  pay: 'الدفع',
  creating: 'جارٍ تجهيز الرمز…',
  phases: {
    awaiting: 'في انتظار الدفع',
    scanned: 'يرجى التأكيد في التطبيق',
    paid: 'تم الدفع',
    failed: 'لم تنجح عملية الدفع',
    expired: 'انتهت صلاحية الرمز',
    cancelled: 'تم إلغاء الدفع',
    refunded: 'تم رد المبلغ',
  },
  qrLabel: 'رمز QR: يرجى مسحه عبر BOTIM أو PayBy للدفع',
  steps: ['فتح BOTIM أو PayBy', 'مسح الرمز', 'الدفع'],
  checking: 'انتهى الوقت. جارٍ التحقق مرة أخرى…',
  reconnecting: 'جارٍ إعادة الاتصال…',
  offline: 'لا يوجد اتصال بالإنترنت. سنتحقق مجددًا فور عودة الاتصال.',
  timeLeft: 'الوقت المتبقي',
  timeWarnings: { 300: 'بقيت 5 دقائق', 60: 'بقيت دقيقة واحدة', 30: 'بقيت 30 ثانية' },
  scannedBy: (mask) => `تم المسح بواسطة ${mask}`,
  openApp: {
    phone: 'فتح BOTIM أو PayBy',
    botim: 'المتابعة في BOTIM',
    payby: 'المتابعة في PayBy',
  },
  continueInApp: 'يرجى الدفع في التطبيق ثم العودة إلى هذه الصفحة.',
  showCode: 'الدفع من جهاز آخر',
  saveImage: 'حفظ صورة رمز QR',
  qrFailed: 'تعذّر عرض الرمز. يرجى استخدام الرابط على هاتفك بدلًا منه.',
  openLink: 'فتح رابط الدفع',
  cancel: 'إلغاء',
  cancelling: 'جارٍ الإلغاء…',
  notCancelled: 'تعذّر الإلغاء. لا يزال بإمكانك الدفع أو إعادة المحاولة.',
  orderNumber: (id) => `الطلب رقم ${id}`,
  failedHint: 'لم تتم عملية الدفع، ولم يُخصم أي مبلغ. يمكنك إعادة المحاولة.',
  expiredHint:
    'لم يتم الدفع في الوقت المحدد، ولم يُخصم أي مبلغ. للمتابعة، يرجى الحصول على رمز جديد.',
  lapsedHint: `لم تصل أي دفعة في الوقت المحدد. ${askFirst}`,
  cancelledHint: 'أُلغيت عملية الدفع هذه، ولم يُخصم أي مبلغ.',
  refundedHint: 'تمت عملية الدفع هذه، وقد أُعيد المبلغ إليك.',
  again: 'الحصول على رمز جديد',
  retry: 'إعادة المحاولة',
  errorTitle: 'تعذّر إتمام ذلك',
  errors: {
    network: 'تعذّر الوصول إلى المتجر. يرجى التحقق من الاتصال بالإنترنت ثم إعادة المحاولة.',
    timeout: 'استغرق رد المتجر وقتًا طويلًا. يرجى إعادة المحاولة، ولن يُخصم منك المبلغ مرتين.',
    'order-rejected': refused,
    'order-invalid': unreadable,
    'token-url-blocked': 'لم يبدُ رابط الدفع آمنًا، فلم يتم فتحه، ولم يُدفع أي مبلغ.',
    'status-unknown': unreadable,
    'qr-failed': unreadable,
    configuration: 'لم يتم إعداد صفحة الدفع هذه بعد. يرجى إبلاغ المتجر.',
  },
};
