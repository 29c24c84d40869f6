const PROTOCOL = 2;

function failure(code) {
  return Object.assign(new Error(`desk: ${code}`), { code });
}

const toText = (body) => JSON.stringify(body === undefined ? null : body);

/** Our end of the port to the desk (quay frames). */
export function connect(port, about) {
  const listeners = new Map();
  const open = new Map();
  const queue = [];
  let ready = false;
  let credit = 0;
  let nextId = 1;
  let lastEvent = -Infinity;
  let gone = false;

  function pump() {
    while (!gone && ready && credit > 0 && queue.length) {
      const { topic, text, resolve, reject } = queue.shift();
      const id = nextId;
      nextId += 2;
      credit -= 1;
      open.set(id, { resolve, reject });
      port.postMessage(['ASK', id, topic, text]);
    }
  }

  function shut() {
    gone = true;
    for (const { reject } of [...open.values(), ...queue]) reject(failure('adrift'));
    open.clear();
    queue.length = 0;
  }

  function settle(id, act) {
    const waiting = open.get(id);
    if (!waiting) return;
    open.delete(id);
    credit += 1;
    act(waiting);
    pump();
  }

  const words = {
    AYE(n) {
      ready = true;
      credit += n;
      pump();
    },
    MORE(n) {
      credit += n;
      pump();
    },
    RET(id, text) {
      settle(id, (w) => {
        try {
          w.resolve(JSON.parse(text));
        } catch {
          w.reject(failure('unreadable'));
        }
      });
    },
    NAY(id, reason) {
      settle(id, (w) => w.reject(failure(reason)));
    },
    EVT(n, topic, text) {
      if (n > lastEvent) {
        lastEvent = n;
        for (const fn of listeners.get(topic) ?? []) {
          try {
            fn(JSON.parse(text));
          } catch (err) {
            console.error(err);
          }
        }
      }
      if (!gone) port.postMessage(['GOT', n]);
    },
    TICK(n) {
      port.postMessage(['TOCK', n + 1]);
    },
    BYE() {
      shut();
    },
  };

  port.onmessage = ({ data }) => {
    if (gone || !Array.isArray(data)) return;
    const [word, ...rest] = data;
    if (Object.hasOwn(words, word)) words[word](...rest);
  };
  port.postMessage(['HOI', PROTOCOL, about.tile, about.version]);

  return {
    ask(topic, body) {
      if (gone) return Promise.reject(failure('adrift'));
      return new Promise((resolve, reject) => {
        queue.push({ topic, text: toText(body), resolve, reject });
        pump();
      });
    },
    on(topic, fn) {
      if (!listeners.has(topic)) listeners.set(topic, []);
      listeners.get(topic).push(fn);
    },
    leave() {
      if (gone) return;
      port.postMessage(['BYE', 'left']);
      shut();
    },
  };
}
