// What a person asks to have remembered, in a prompt of their own.
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

// Facts that a model wrote into a summary at our request.

// The request to a model whose conversation is about to be compacted.
std::string_view instructions_for_summary() noexcept;

// Reads "remember: SUBJECT: TEXT", one per line, with or without a list marker; at most ten. `told`: the facts given
// to the conversation. Facts that say the same are left out: otherwise memory would learn from itself.
std::vector<Fact> captured_facts(std::string_view summary, const std::vector<Fact>& told);

// Whether a text says the same as a fact, in nearly the same words.
bool says_the_same(const std::string& text, const std::string& of_fact);

// The words by which people ask to have something remembered: the rows of typed_words.tsv, compiled in.
using Roles = std::uint32_t;
namespace roles {
inline constexpr Roles order = 1U << 0, behind = 1U << 1, polite = 1U << 2, that = 1U << 3, not_said = 1U << 4,
                       subject = 1U << 5, verb = 1U << 6, scope = 1U << 7, opens = 1U << 8, back = 1U << 9,
                       person = 1U << 10, thing = 1U << 11;
// Of what is claimed (memory/claims.h).
inline constexpr Roles stop = 1U << 12, forbids = 1U << 13, permits = 1U << 14, over = 1U << 15, day = 1U << 16,
                       place = 1U << 17, runs = 1U << 18, made = 1U << 19, owns = 1U << 20, reviews = 1U << 21,
                       when = 1U << 22, keeps = 1U << 23, valued = 1U << 24, uses = 1U << 25, needs = 1U << 26,
                       does = 1U << 27, announces = 1U << 28;
}  // namespace roles

struct WordRow {
  std::string_view word;  // small letters without accents
  Roles roles = 0;
};

std::span<const WordRow> word_rows() noexcept;                          // sorted by word
std::span<const WordRow> word_rows_from(unsigned char first) noexcept;  // those that begin with this byte

}  // namespace cascade::memory
