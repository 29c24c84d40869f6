// The cost of text for a model: o200k tokens and UTF-16 code units.
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

struct Cost {
  // Tokens of the o200k vocabulary.
  TokenCount tokens = 0;
  // UTF-16 code units, the unit of the client's limit of 10,000 (seen with client 2.1.328).
  std::uint32_t chars = 0;
};

constexpr bool operator==(const Cost& a, const Cost& b) noexcept { return a.tokens == b.tokens && a.chars == b.chars; }
constexpr bool operator!=(const Cost& a, const Cost& b) noexcept { return !(a == b); }
constexpr Cost operator+(const Cost& a, const Cost& b) noexcept { return {a.tokens + b.tokens, a.chars + b.chars}; }
constexpr Cost& operator+=(Cost& a, const Cost& b) noexcept { return a = a + b; }

// How a model's tokens compare with o200k. Vendors do not publish this, so every figure derived from it is called an
// estimate.
struct TokenModel {
  std::string name;
  // The number of the model's tokens in a text of 1,000 o200k tokens.
  std::uint32_t per_mille = 1000;
  // The size of its context window in its own tokens (docs/tokens.md). 0: unknown.
  std::uint32_t window = 0;
};

// A limit as people write it: "4000", or a share of the model's context window such as "2%" or "0.5%".
// At most one of the two members is set; both 0 mean no limit.
struct TokenLimit {
  std::uint32_t tokens = 0;
  // Millionths of the window.
  std::uint32_t share_ppm = 0;
};
// Nothing for any other text, or for a share above 100%.
std::optional<TokenLimit> parse_token_limit(std::string_view text);
// The limit in tokens of a model with this window. A share is rounded down.
std::uint64_t tokens_of(const TokenLimit& limit, std::uint32_t window) noexcept;

// Finds a model by its name or an alias: "opus", "claude-opus-4-8", "gpt-5". The longest known prefix decides. Nothing
// if no prefix is known.
std::optional<TokenModel> token_model(std::string_view name);
std::vector<TokenModel> token_models();  // the whole table, for help texts

// A limit in the model's tokens, converted to o200k tokens and rounded down.
std::uint64_t to_o200k(const TokenModel& model, std::uint64_t model_tokens) noexcept;
// o200k tokens converted to the model's, rounded up.
std::uint64_t estimated_tokens(const TokenModel& model, std::uint64_t o200k_tokens) noexcept;

// Counts text. Immutable and cheap to copy; all members may be called from several threads at once.
class TokenCounter {
 public:
  // Maps the vocabulary table (docs/formats/vocabulary.md) and checks its header in constant time. Errors: not_found,
  // unreadable, malformed.
  static Result<TokenCounter> open(const std::string& table_path);
  // Counts by the estimate in docs/tokens.md, for systems without the table.
  static TokenCounter estimating();

  // Accepts any bytes: each maximal ill-formed part of UTF-8 counts as U+FFFD. Special tokens are ordinary text.
  // Linear, except for a single word of n letters, which takes O(n log n).
  Cost count(std::string_view text) const noexcept;
  // The token ids, for display. Empty if this counter estimates.
  std::vector<std::uint32_t> encode(std::string_view text) const;

  bool exact() const noexcept;
  // Reads the whole table and compares its checksum. Error: malformed.
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
