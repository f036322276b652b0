// Keeps the page for when there is no network. It is asked only for files of its own.

declare const FILES: readonly string[];
declare const VERSION: string;
declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => {
    event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll([...FILES])));
});

self.addEventListener("activate", (event) => {
    const forget = async (): Promise<void> => {
        const old = (await caches.keys()).filter((name) => name !== VERSION);
        await Promise.all(old.map((name) => caches.delete(name)));
        await self.clients.claim();
    };
    event.waitUntil(forget());
});

self.addEventListener("fetch", (event) => {
    const answer = async (): Promise<Response> => (await caches.match(event.request)) ?? fetch(event.request);
    event.respondWith(answer());
});

export {};
