// What a person asks to have remembered or forgotten, in a prompt of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "memory/memory.h"

namespace cascade::memory {

// The subject and the text of the first sentence that asks for it: "remember: X", "please remember that X", "don't
// forget that X", "remember SUBJECT: TEXT", and the like. Nothing for an order to do something ("remember to push"), a
// question, or a prompt that asks for the past. `said`: the prompt without what is quoted or pasted.
std::optional<Fact> typed_fact(std::string_view said);
// The same of a sentence that is to be remembered in any case. `keeps_all`: it has no secret.
Fact sentence_fact(std::string_view sentence, bool keeps_all);
// The kinds of the secrets that were taken out of it.
std::vector<std::string> taken_out(std::string_view text);

// What a person asks to have forgotten, in a prompt of their own, and which facts that means.

struct Unwanted {
  std::string_view what;  // of the prompt
  bool claims = false;    // a whole statement: "forget that WHAT"
  // It can only mean the memory: "forget that …", "forget what you know about …", "… from your memory". Otherwise it
  // may as well end a matter of this conversation: "forget the lint thing".
  bool is_plain = false;
  bool is_named = false;  // nothing but a name: "forget the deploy window"
};

// The first sentence that orders it. Nothing for what is set aside only now ("for this task", "forget about the tests,
// just ship"), a question, or a story. `said`: the prompt without what is quoted or pasted.
std::optional<Unwanted> asked_to_forget(std::string_view said);
// Whether the sentence is such an order and nothing else: it says nothing to be remembered.
bool orders_to_forget(std::string_view sentence);

struct Meant {
  std::vector<Fact> facts;  // the likeliest first
  bool is_sure = false;     // one, or the same sentence under several names, and nothing else can be meant
};

// Those of the facts that have its words. A team's is never sure: it is not the person's alone.
Meant meant_by(const Unwanted& unwanted, const std::vector<Fact>& facts);

// Facts that a model wrote into a summary at our request.

// The request to a model whose conversation is about to be compacted.
std::string_view instructions_for_summary() noexcept;

// Reads "remember: SUBJECT: TEXT", one per line, with or without a list marker; at most ten. `told`: the facts given
// to the conversation. Facts that say the same are left out: otherwise memory would learn from itself.
std::vector<Fact> captured_facts(std::string_view summary, const std::vector<Fact>& told);

// Whether a text says the same as a fact, in nearly the same words.
bool says_the_same(const std::string& text, const std::string& of_fact);

// The words by which people ask to have something remembered: the rows of typed_words.tsv, compiled in.
using Roles = std::uint64_t;
namespace roles {
constexpr Roles nth(int bit) { return Roles{1} << bit; }
inline constexpr Roles order = nth(0), behind = nth(1), polite = nth(2), that = nth(3), not_said = nth(4),
                       subject = nth(5), verb = nth(6), scope = nth(7), opens = nth(8), back = nth(9), person = nth(10),
                       thing = nth(11);
// Of what is claimed (memory/claims.h).
inline constexpr Roles stop = nth(12), forbids = nth(13), permits = nth(14), over = nth(15), day = nth(16),
                       place = nth(17), runs = nth(18), made = nth(19), owns = nth(20), reviews = nth(21),
                       when = nth(22), keeps = nth(23), valued = nth(24), uses = nth(25), needs = nth(26),
                       does = nth(27), announces = nth(28);
inline constexpr Roles any_verb = place | runs | made | owns | reviews | when | keeps | valued | uses | needs | does;
// Of its form and of the values in it (memory/claims.h).
inline constexpr Roles limit = nth(29), since = nth(30), further = nth(31), idle = nth(32), environment = nth(33),
                       dimension = nth(34), often = nth(35), title = nth(36), by = nth(37), lasts = nth(38),
                       money = nth(39), weighs = nth(40), spans = nth(41), fills = nth(42), heat = nth(43),
                       data = nth(44), share = nth(45), ends = nth(46), denies = nth(47);
// Of what is to be forgotten.
inline constexpr Roles forgets = nth(48), removes = nth(49), kept_in = nth(50), knows = nth(51), heard = nth(52),
                       about = nth(53), matter = nth(54), brief = nth(55);
// Sorts of values that no row has.
inline constexpr Roles name = nth(59), number = nth(60), clock = nth(61), path = nth(62), id = nth(63);
}  // namespace roles

struct WordRow {
  std::string_view word;  // small letters without accents
  Roles roles = 0;
};

std::span<const WordRow> word_rows() noexcept;                          // sorted by word
std::span<const WordRow> word_rows_from(unsigned char first) noexcept;  // those that begin with this byte

// Which facts speak of the file that is about to be edited, or of the command that is about to run: by the names that
// they have, never by likeness.

// What a call touches. One of both is empty.
struct Touched {
  std::string file, command;
};

// For each fact's subject and text 0: not about it; the larger, the surer. The call is read once for all of them:
// O(words of the statements).
std::vector<std::uint32_t> speak_of(std::span<const std::string> statements, const Touched& touched);

// Words about tools: the rows of touched_words.tsv, compiled in.
enum class ToolWords : std::uint8_t {
  alike,
  manager,
  adds,
  depends,
  weak,
  shell,
  verb,
  chooses,
  rule,
  sort,
  reads,
  moves
};
struct ToolRow {
  ToolWords kind{};
  std::string_view names = {}, words = {};
};
std::span<const ToolRow> tool_rows() noexcept;

}  // namespace cascade::memory
