// What text costs a model: o200k tokens and UTF-16 code units.
//
//   auto counter = cascade::TokenCounter::open(table).value_or(cascade::TokenCounter::estimating());
//   cascade::Cost cost = counter.count("Hello, world!");   // {4 tokens, 13 chars}
#ifndef CASCADE_TOKENS_H
#define CASCADE_TOKENS_H

#include <cascade/result.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

using TokenCount = std::uint32_t;

// tokens: of the o200k vocabulary. chars: UTF-16 code units, what the client's 10,000 limit counts (client 2.1.328).
struct Cost {
  TokenCount tokens = 0;
  std::uint32_t chars = 0;
};

constexpr bool operator==(const Cost& a, const Cost& b) noexcept { return a.tokens == b.tokens && a.chars == b.chars; }
constexpr bool operator!=(const Cost& a, const Cost& b) noexcept { return !(a == b); }
constexpr Cost operator+(const Cost& a, const Cost& b) noexcept { return {a.tokens + b.tokens, a.chars + b.chars}; }
constexpr Cost& operator+=(Cost& a, const Cost& b) noexcept { return a = a + b; }

// How many tokens of its own a model needs for 1,000 of o200k. Vendors do not publish it: figures derived from it are
// always called estimated. `window`: tokens of its context window (docs/tokens.md); 0: unknown.
struct TokenModel {
  std::string name;
  std::uint32_t per_mille = 1000;
  std::uint32_t window = 0;
};

// A limit as people give it: a number of tokens ("4000"), or a share of the model's context window ("2%", "0.5%") in
// millionths. Both 0: none.
struct TokenLimit {
  std::uint32_t tokens = 0;
  std::uint32_t share_ppm = 0;
};
// Empty for anything else, also for more than 100%.
std::optional<TokenLimit> parse_token_limit(std::string_view text);
// In tokens of the model with that window; a share is rounded down.
std::uint64_t tokens_of(const TokenLimit& limit, std::uint32_t window) noexcept;

// A model by name or alias ("opus", "claude-opus-4-8", "gpt-5"); the longest known prefix decides. Empty when unknown.
std::optional<TokenModel> token_model(std::string_view name);
std::vector<TokenModel> token_models();  // the whole table, for help texts

// A limit given in the model's tokens, as o200k tokens, rounded down; and o200k tokens as the model's, rounded up.
std::uint64_t to_o200k(const TokenModel& model, std::uint64_t model_tokens) noexcept;
std::uint64_t estimated_tokens(const TokenModel& model, std::uint64_t o200k_tokens) noexcept;

// Counts text. Immutable and cheap to copy; all members may be called from several threads at once.
class TokenCounter {
 public:
  // Maps the vocabulary table (docs/formats/vocabulary.md). not_found, unreadable or malformed when it cannot be used.
  static Result<TokenCounter> open(const std::string& table_path);
  // The stated estimate (docs/tokens.md) for systems without the table.
  static TokenCounter estimating();

  // Any bytes: each maximal ill-formed UTF-8 subpart counts as U+FFFD. Special tokens are ordinary text.
  // O(n log n) in the worst case (a single word of n letters), linear otherwise.
  Cost count(std::string_view text) const noexcept;
  // The token ids themselves, for display; empty for an estimating counter.
  std::vector<std::uint32_t> encode(std::string_view text) const;

  bool exact() const noexcept;
  // Reads the whole table: malformed when it is not what was written (opening checks it in constant time only).
  Result<void> verify() const;
  // Identifies the table in caches and in --version: "o200k-<8 hex digits>", or "estimate/<n>".
  std::string_view vocabulary() const noexcept;

  struct State;

 private:
  explicit TokenCounter(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace cascade

#endif  // CASCADE_TOKENS_H
