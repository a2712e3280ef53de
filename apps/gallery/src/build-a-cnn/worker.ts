import { LossMail } from '../worker/lossMail';
import { type Line, serve } from '../worker/serve';
import { type Digits, openDigits } from './engine/openDigits';
import { readHandwriting } from './engine/readHandwriting';
import { HANDWRITTEN, labelOf } from './handwriting';
import type { Report, Request } from './protocol';
import { openSession, type Session } from './session';

let pixels: Float32Array<ArrayBuffer> | undefined;
let digits: Digits | undefined;
let dividedBy: number | undefined;
let session: Session | undefined;

serve<Request, Report>(async (request, line) => {
  switch (request.type) {
    case 'open':
      await open(request, line);
      return;
    case 'look':
      await session?.look(request.look);
      return;
    case 'close':
      await close();
      return;
    default:
      session?.[request.type]();
  }
});

async function close(): Promise<void> {
  await session?.close();
  session = undefined;
}

async function open({ run, look }: Extract<Request, { type: 'open' }>, line: Line<Report>): Promise<void> {
  await close();
  if (pixels === undefined) {
    pixels = await readHandwriting();
    line.report({ type: 'digits', pixels });
  }
  if (digits === undefined || dividedBy !== run.seed) {
    digits?.dispose();
    digits = openDigits(
      pixels,
      Array.from({ length: HANDWRITTEN }, (_, i) => labelOf(i)),
      run.seed,
    );
    dividedBy = run.seed;
  }
  const mail = new LossMail((losses, stepsPerSecond) =>
    line.report({ type: 'losses', losses, stepsPerSecond }, [losses.buffer]),
  );
  session = await openSession(run, digits, look, {
    onStep: (_, loss) => mail.add(loss),
    onPicture(picture) {
      mail.flush();
      line.report({ type: 'picture', picture });
    },
    onJudgement(judgement) {
      mail.flush();
      line.report({ type: 'judgement', judgement });
    },
    onError: line.reportError,
  });
  line.report({ type: 'opened', filters: session.filters });
}
