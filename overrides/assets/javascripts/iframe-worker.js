/* A worker for pages that lie on a disk, where the browser starts none: a hidden frame that runs the same
   script and passes messages on. Scripts come from files alone, as the policy wants. */
"use strict";

(() => {
  class FrameWorker extends EventTarget {
    /** @param {string | URL} address */
    constructor(address) {
      super();
      /** @type {((event: MessageEvent) => void) | null} */
      this.onmessage = null;
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      document.body.append(this.frame);
      const inside = /** @type {any} */ (this.frame.contentWindow);
      inside.postMessage = (/** @type {any} */ data) => this.receive(data);
      this.imported = Promise.resolve();
      inside.importScripts = (/** @type {string[]} */ ...addresses) => {
        this.imported = addresses.reduce((before, each) => before.then(() => this.load(each)), this.imported);
        return this.imported;
      };
      // a script that imports others listens once it has them
      this.ready = this.load(address).then(() => this.imported);
    }

    /** Run a script in the frame. @param {string | URL} address @returns {Promise<void>} */
    load(address) {
      return new Promise((done, failed) => {
        const inside = /** @type {Document} */ (this.frame.contentDocument);
        const script = inside.createElement("script");
        script.src = String(address);
        script.onload = () => done();
        script.onerror = () => failed(new Error(`${address} cannot be loaded`));
        inside.body.append(script);
      });
    }

    /** Hand a message of the frame to whoever listens. @param {any} data */
    receive(data) {
      const event = new MessageEvent("message", { data });
      this.dispatchEvent(event);
      this.onmessage?.(event);
    }

    /** Send a message to the frame. @param {any} data */
    postMessage(data) {
      const inside = /** @type {Window} */ (this.frame.contentWindow);
      this.ready.then(() => inside.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) })));
    }

    terminate() {
      this.frame.remove();
    }
  }

  if (location.protocol === "file:") /** @type {any} */ (window).Worker = FrameWorker;
})();
