// What a message wants done: its clauses as orders, questions, reports and conditions, and of each order the act and
// its object. Needs are cut where one begins, this wherever somebody else, another time or another act begins.
#pragma once

#include <functional>

#include "needs/message.h"

namespace cascade::needs {

enum class Speech : std::uint8_t {
  order,      // an imperative, a polite question, a wish
  question,   // asks to be told something, in whatever form
  need,       // somebody or something needs it
  shown,      // "here are …"
  fragment,   // no verb
  statement,  // tells something
  aside,      // a time, a condition, a relative clause
  ruled_out,  // "don't …", "not yet", "my colleague won't …"
};

constexpr std::size_t no_word = static_cast<std::size_t>(-1);

struct Piece {
  Speech speech = Speech::fragment;
  Words words;
  std::size_t act = no_word;  // an order's verb; no_word: none, or the object comes first
  Words object, rest;         // an order's object, up to a preposition, and what follows
  bool tells = false;         // a question in the form of an order ("explain …")
};

// Whether a word is the act of a manifest that may be meant, so that it may head an order.
using IsAct = std::function<bool(std::size_t word)>;

// "prints", "dropping": a form of a verb of the rows; English, in small letters.
bool is_verb_form(std::string_view word);

// The clauses of what is said, in order. `language`: the message's. A language without rows has fragments only.
std::vector<Piece> pieces_of(
    const Message& message, const std::vector<Marks>& marks, std::string_view language,
    const IsAct& is_act = [](std::size_t) { return false; });

// Whether a long message asks for an act or an answer anywhere; a story, a report, thanks do not.
bool asks_for_anything(const Message& message, const std::vector<Marks>& marks, std::string_view language);

// "Thanks, the deploy worked", "great work, thank you", "thanks! how was your weekend?": begins with thanks, and asks
// for nothing but how somebody is. What is told in another sentence is work, unless it is well ("everything is fine").
bool is_thanks(const Message& message, const std::vector<Marks>& marks, std::string_view language);

// "I read about Kubernetes yesterday", "our meeting about the GDPR is at three", "we had a memory leak last year": one
// statement, which tells what was read, when people meet or what is long over. What fails now is none.
bool is_mere_report(const Message& message, const std::vector<Marks>& marks, std::string_view language);

// "What is a Helm chart?", "what does idempotent mean?": asks what a word means, and nothing of its own matter.
bool asks_for_definition(const Message& message, const std::vector<Marks>& marks, std::string_view language);

// "Rename x to y in a.ts", "fix the typo in a.md", "add a check in a.py line 8": its whole effect is a line or a file.
// "Rename the class x across the repository" and "rename the column x in production" are none.
bool is_small_edit(const Message& message, const std::vector<Marks>& marks, std::string_view language);

}  // namespace cascade::needs
