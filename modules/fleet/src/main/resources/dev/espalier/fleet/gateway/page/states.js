// Where tasks stand, and what an event says of that.

export const STATES = ['planned', 'waiting', 'running', 'preempted', 'completed', 'failed', 'cancelled'];

/** The state that an event leaves its task in; undefined where it says nothing of that. */
export function stateAfter({type, data}) {
  switch (type) {
    case 'dev.espalier.task.released.v1':
      return 'waiting';
    case 'dev.espalier.outcome.published.v1':
      return data.outcome.kind;
    case 'dev.espalier.attempt.reported.v1':
      return {claimed: 'running', running: 'running', preempted: 'preempted', failed: 'waiting'}[data.phase];
    default:
      return undefined;
  }
}
