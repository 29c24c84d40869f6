// Verbs by which a text has something used or hands work on, each list as its askers need it: a narrow one where only
// the verb tells that a name is meant, a wide one where the name is known already.
#pragma once

#include "text/word_set.h"

namespace cascade::language {

// "use X", "orchestrates X": X is meant, even where nothing else says so.
inline constexpr auto verbs_of_use = letters::word_set(
    "use", "uses", "using", "run", "runs", "invoke", "invokes", "invoking", "spawn", "spawns", "launch", "dispatch",
    "call", "calls", "calling", "spawning", "orchestrate", "orchestrates", "orchestrating", "chains", "chaining",
    "sequences", "composes", "wraps", "load", "loads", "loading");

// "invoke X", "spawn X": what is invoked is an agent or a skill, even where its name is an ordinary word.
inline constexpr auto verbs_of_invoking = letters::word_set("invoke", "invokes", "invoking", "spawn", "spawns",
                                                            "spawning", "dispatch", "dispatches", "dispatching");

// Verbs that also stand before things of other sorts ("apply the fix", "follow the steps").
inline constexpr auto wide_verbs_of_use =
    letters::word_set("running", "launches", "dispatches", "dispatching", "execute", "executes", "executing", "start",
                      "trigger", "triggers", "apply", "delegate", "delegates", "activate", "prefer", "try", "launching",
                      "follow", "deploy", "reuse");

// "Resolve it with X", "commit via X": orders that are done by means of X. Verbs that set two things side by side
// ("compare with X", "integrate with X") are none.
inline constexpr auto orders_to_do = letters::word_set(
    "analyse", "analyze", "assess", "audit", "build", "capture", "check", "clean", "close", "collect", "commit",
    "complete", "continue", "convert", "create", "debug", "deploy", "design", "do", "document", "draft", "edit",
    "evaluate", "explore", "extract", "fetch", "finish", "fix", "format", "gather", "generate", "get", "handle",
    "implement", "inspect", "investigate", "lint", "manage", "open", "perform", "plan", "post", "prepare", "proceed",
    "process", "produce", "publish", "query", "refactor", "release", "render", "research", "resolve", "review", "save",
    "scan", "search", "send", "set", "ship", "solve", "start", "store", "summarize", "test", "translate", "update",
    "upload", "validate", "verify", "write");

// Orders to use something or to hand it work, and what they begin with, in other languages. Cyrillic with a small and a
// capital letter.
inline constexpr auto foreign_verbs_of_use = letters::word_set(
    "invoquer", "invoque", "invoquez", "lancer", "lance", "lancez", "exécuter", "exécute", "exécutez", "utiliser",
    "utilise", "utilisez", "appeler", "appelle", "appelez", "charger", "chargez", "déléguer", "délègue", "déléguez",
    "délégue", "confie", "confier", "confiez", "activer", "activez", "appliquez",  // French
    "nutze", "nutzen", "benutze", "benutzen", "verwende", "verwenden", "starte", "starten", "rufe", "führe", "führen",
    "lade", "aktiviere", "aktivieren", "beauftrage", "beauftragen", "delegiere", "delegieren", "übergib", "übergebe",
    "übergeben",  // German
    "invoca", "invoque", "invocar", "ejecuta", "ejecutar", "ejecute", "usa", "usar", "utiliza", "utilizar", "lanza",
    "lanzar", "llama", "llamar", "carga", "cargar", "activa", "activar", "delega", "delegar", "delegue",  // Spanish
    "chame", "chamar", "executar", "rode", "carregue", "carregar", "delegue", "esegui", "eseguire", "usare", "lancia",
    "richiama", "avvia", "carica", "invocare", "delegare",  // Portuguese, Italian
    "вызови", "Вызови", "вызовите", "Вызовите", "запусти", "Запусти", "запустите", "Запустите", "используй",
    "Используй", "используйте", "Используйте",  // Russian
    "chạy", "gọi", "dùng");                     // Vietnamese

// "delegate to X", "hand off to X", "hand over to X": the word before "to".
inline constexpr auto verbs_of_handing_on =
    letters::word_set("route", "routes", "delegate", "delegates", "escalate", "escalates", "off", "defer", "handoff",
                      "over", "delegating", "routing");

inline constexpr auto wide_verbs_of_handing_on =
    letters::word_set("defers", "dispatch", "forward", "transition", "switch", "chain", "chains", "proceed");

}  // namespace cascade::language
