/**
 * Our end of the port to the desk.
 *
 * port:  MessagePort-like, has postMessage(data) and takes an `onmessage` handler that
 *        is called with { data }
 * about: { tile: 'berth-map', version: '1.4.0' }
 *
 * Returns
 *   ask(topic, body)  -> Promise of the answer's body; rejects with an Error that has
 *                        the desk's reason as `code`
 *   on(topic, fn)     -> fn(body) is called for each event of that topic
 *   leave()           -> says goodbye, no more messages in either direction
 */
export function connect(port, about) {
  throw new Error('not implemented');
}
