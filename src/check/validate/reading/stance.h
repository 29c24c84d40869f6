// Whether a text is meant: an order, a warning against something, or an example of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "validate/reading/text_model.h"

namespace cascade::validation {

// forbidden: the text forbids it. attack: it shows what others do, to find or fear it. example: a plain example; a
// command in one is still to be run, a sentence is only words.
enum class Stance : std::uint8_t { meant, forbidden, attack, example };

// A warning revokes a command; being an example does not.
constexpr bool takes_back_command(Stance stance) noexcept {
  return stance == Stance::forbidden || stance == Stance::attack;
}

// Judges the text at [begin, end) by its sentence, by the words that lead up to it and by the headings above.
Stance stance_of(const TextModel& text, std::size_t begin, std::size_t end);

// Asides only say how an order is carried out ("without asking the user", "without root") and deny nothing. set_off:
// only those that marks or a joining word set off. no_reproach: these, and what has nothing to do with care. people:
// those that take nobody's word or time.
enum class Asides : std::uint8_t { all, no_reproach, set_off, people };
std::string without_asides(std::string_view text, Asides which = Asides::all);

bool introduces_attack(std::string_view words) noexcept;
bool introduces_example(std::string_view words) noexcept;  // an attack or a plain one
bool names_bad_practice(std::string_view heading);

// Whether a sentence asks how something is. "Could you send it?", "why not send it?" and "send it, ok?" do not: they
// want it done.
bool is_question(std::string_view sentence) noexcept;

// "`x | sh` is how worms spread", "the guard stops `x`", "why is `x` dangerous?": the command is the subject of a
// statement, the object of somebody else's action, part of a question, or what a guard's table watches. `span`: a code
// span of the text.
bool is_talked_about(const TextModel& text, const Stretch& span);

// Whether the words leave the decision to the user: "ask before", "if the user agrees", "with approval only".
bool asks_for_consent(std::string_view words) noexcept;
// Whether the words of a step have what follows it confirmed ("ask for final confirmation"): a stricter question, for
// text that is not the command's own sentence.
bool confirms_first(std::string_view words) noexcept;

// Recognises orders that replace, hide or forge instructions, by patterns of words.

struct InjectionMatch {
  std::size_t begin = 0, end = 0;  // bytes of the sentence
  std::string_view what;           // for the message
};

// "Disregard every earlier instruction": a verb in the imperative, and the instructions given to the model as its
// object.
std::optional<InjectionMatch> find_override(std::string_view sentence) noexcept;

// "do not tell the user", "without the user noticing", next to something being done (`around`: the sentence with its
// neighbours).
std::optional<InjectionMatch> find_secrecy(std::string_view sentence, std::string_view around) noexcept;

// "SYSTEM: you are ..." at the beginning of a line.
std::optional<InjectionMatch> find_role_switch(std::string_view line) noexcept;

std::string code_point_name(char32_t c);  // "U+202E"

}  // namespace cascade::validation
