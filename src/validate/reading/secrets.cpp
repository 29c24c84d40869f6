// Finds tokens, private keys and passwords that look real. A candidate begins with a known prefix (or is an address
// with a password), has the length and letters of its form, has at least three bits of entropy per character, and
// holds no run such as 1234 or word such as "example". The form alone would flag every placeholder in a tutorial;
// entropy alone would flag every hash. Entropy is computed in integers, so that all machines agree.
#include "validate/reading/secrets.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/ascii.h"
#include "validate/reading/words.h"

namespace cascade::validation {
namespace {

// `letters`: the characters after the prefix; `least` to `most` of them.
enum class Letters : std::uint8_t { alphanumeric, upper, dashed, hex, dotted };
struct Form {
  std::string_view prefix, what;
  Letters letters;
  std::size_t least, most;
};

constexpr std::size_t many = 400;
constexpr Form forms[] = {
    {"ghp_", "a GitHub token", Letters::alphanumeric, 36, 36},
    {"gho_", "a GitHub token", Letters::alphanumeric, 36, 36},
    {"ghu_", "a GitHub token", Letters::alphanumeric, 36, 36},
    {"ghs_", "a GitHub token", Letters::alphanumeric, 36, 36},
    {"ghr_", "a GitHub token", Letters::alphanumeric, 36, 36},
    {"github_pat_", "a GitHub token", Letters::dashed, 70, 100},
    {"glpat-", "a GitLab token", Letters::dashed, 20, 60},
    {"AKIA", "an AWS key", Letters::upper, 16, 16},
    {"ASIA", "an AWS key", Letters::upper, 16, 16},
    {"AIza", "a Google key", Letters::dashed, 35, 35},
    {"xoxb-", "a Slack token", Letters::dashed, 24, many},
    {"xoxp-", "a Slack token", Letters::dashed, 24, many},
    {"xoxa-", "a Slack token", Letters::dashed, 24, many},
    {"xoxr-", "a Slack token", Letters::dashed, 24, many},
    {"xoxs-", "a Slack token", Letters::dashed, 24, many},
    {"xapp-", "a Slack token", Letters::dashed, 24, many},
    {"sk-ant-", "an Anthropic key", Letters::dashed, 40, many},
    {"sk-proj-", "an OpenAI key", Letters::dashed, 40, many},
    {"sk-", "an OpenAI key", Letters::alphanumeric, 48, 48},
    {"sk_live_", "a Stripe key", Letters::alphanumeric, 24, 120},
    {"rk_live_", "a Stripe key", Letters::alphanumeric, 24, 120},
    {"whsec_", "a webhook secret", Letters::alphanumeric, 32, 80},
    {"npm_", "an npm token", Letters::alphanumeric, 36, 36},
    {"pypi-AgEI", "a PyPI token", Letters::dashed, 50, many},
    {"hf_", "a Hugging Face token", Letters::alphanumeric, 34, 34},
    {"dop_v1_", "a DigitalOcean token", Letters::hex, 64, 64},
    {"shpat_", "a Shopify token", Letters::hex, 32, 32},
    {"SG.", "a SendGrid key", Letters::dotted, 66, 66},
};

bool belongs(char c, Letters letters) {
  switch (letters) {
    case Letters::alphanumeric: return letters::is_letter_or_digit(c);
    case Letters::upper: return letters::is_upper(c) || letters::is_digit(c);
    case Letters::dashed: return letters::is_name(c);
    case Letters::hex: return letters::hex_value(c) >= 0;
    case Letters::dotted: return letters::is_name(c) || c == '.';
  }
  return false;
}

// log2(n) in 1/256 bits: 2^(whole) <= n, then eight squarings for the fraction.
std::uint64_t log2_256(std::uint64_t n) {
  std::uint64_t whole = 0;
  while ((n >> whole) > 1) ++whole;
  std::uint64_t mantissa = (n << 16) >> whole, fraction = 0;  // 1.0 to 2.0 as 16.16
  for (int bit = 7; bit >= 0; --bit) {
    mantissa = mantissa * mantissa >> 16;
    if (mantissa < (2U << 16)) continue;
    mantissa >>= 1;
    fraction |= 1U << bit;
  }
  return whole * 256 + fraction;
}

// Whether the Shannon entropy is at least three bits per character, in integers: n*log n - sum c*log c >= 3*n.
bool looks_random(std::string_view value) {
  std::array<std::uint64_t, 256> counts{};
  for (const char c : value) ++counts[static_cast<unsigned char>(c)];
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts)
    if (count > 1) sum += count * log2_256(count);
  const std::uint64_t n = value.size();
  return n > 0 && n * log2_256(n) >= sum + 3 * 256 * n;
}

// xxxx, 1234, abcd: five steps of one kind in a row.
bool is_made_up(std::string_view value) {
  std::size_t equal = 0, rising = 0, stepping = 0;
  for (std::size_t i = 1; i < value.size(); ++i) {
    equal = value[i] == value[i - 1] ? equal + 1 : 0;
    rising = value[i] == value[i - 1] + 1 ? rising + 1 : 0;
    stepping = i > 1 && value[i] == value[i - 2] + 1 ? stepping + 1 : 0;  // A1B2C3
    if (equal >= 4 || rising >= 5 || stepping >= 5) return true;
  }
  for (const std::string_view word :
       {"example", "your", "xxxx", "dummy", "fake", "placeholder", "redacted", "sample", "test", "changeme", "insert",
        "replace", "secret", "token", "here", "qwerty", "asdf", "deadbeef", "foobar"})
    for (std::size_t i = 0; i + word.size() <= value.size(); ++i)
      if (letters::equals_lower(value.substr(i, word.size()), word)) return true;
  return false;
}

class SecretScan {
 public:
  SecretScan(std::string_view text, const Triggers& triggers) : text_(text), triggers_(triggers) {}

  std::vector<Secret> run() {
    for (const std::size_t at : triggers_[Trigger::token]) token(at);
    for (const std::size_t at : triggers_[Trigger::block]) key_block(at);
    for (std::size_t at = text_.find("://"); at != std::string_view::npos; at = text_.find("://", at + 3)) address(at);
    std::sort(found_.begin(), found_.end(), [](const Secret& a, const Secret& b) { return a.begin < b.begin; });
    return std::move(found_);
  }

 private:
  void token(std::size_t at) {
    if (text_.substr(at, 3) == "eyJ") return web_token(at);
    for (const Form& form : forms) {
      if (text_.substr(at, form.prefix.size()) != form.prefix) continue;
      const std::size_t begin = at + form.prefix.size();
      std::size_t end = begin;
      while (end < text_.size() && belongs(text_[end], form.letters) && end - begin <= form.most) ++end;
      const std::size_t length = end - begin;
      if (length < form.least || length > form.most || (end < text_.size() && letters::is_word(text_[end]))) continue;
      const std::string_view value = text_.substr(begin, length);
      if (is_made_up(value) || !looks_random(value)) return;
      found_.push_back({at, end, 4, form.what});
      return;
    }
  }

  // Three parts of base64 with dots between them, two of which begin with an encoded brace.
  void web_token(std::size_t at) {
    std::array<std::size_t, 4> ends{};
    std::size_t begin = at;
    for (int part = 0; part < 3; ++part) {
      std::size_t end = begin;
      while (end < text_.size() && letters::is_name(text_[end]) && end - begin < 8000) ++end;
      if (end - begin < 16) return;
      ends[static_cast<std::size_t>(part)] = end;
      if (part < 2 && (end >= text_.size() || text_[end] != '.')) return;
      if (part == 1 && text_.substr(begin, 2) != "ey") return;
      begin = end + 1;
    }
    const std::string_view signature = text_.substr(ends[1] + 1, ends[2] - ends[1] - 1);
    if (!is_made_up(signature) && looks_random(signature)) found_.push_back({at, ends[2], 4, "a signed web token"});
  }

  // -----BEGIN ... PRIVATE KEY----- followed by lines of base64.
  void key_block(std::size_t at) {
    if (at < 5 || text_.substr(at - 5, 5) != "-----") return;
    const std::size_t line_end = std::min(text_.find_first_of("\n\\", at), text_.size());
    const std::string_view line = text_.substr(at, line_end - at);
    const std::size_t what = line.find("PRIVATE KEY-----");
    if (line.size() > 60 || what == std::string_view::npos) return;
    if (line.substr(0, what).find_first_of("[]()*+?.|") != std::string_view::npos) return;  // a regular expression
    std::size_t letters = 0, i = line_end;
    const std::size_t last = std::min(text_.size(), line_end + 200);
    for (; i < last && text_[i] != '-' && text_[i] != '.' && text_[i] != '<'; ++i)
      letters += letters::is_letter(text_[i]) || letters::is_digit(text_[i]) ? 1 : 0;
    const std::string_view inside = text_.substr(line_end, i - line_end);
    if (letters >= 100 && looks_random(inside) && !is_made_up(inside))
      found_.push_back({at - 5, line_end, line_end - at + 5, "a private key"});
  }

  // scheme://user:password@host
  void address(std::size_t at) {
    const std::size_t begin = at + 3;
    std::size_t end = begin, colon = 0;
    for (; end < text_.size() && end - begin < 200; ++end) {
      const char c = text_[end];
      if (c == ':' && colon == 0) colon = end;
      if (c == '@' || letters::is_space(c) || c == '/' || c == '"' || c == '\'' || c == '`' || c == '<' || c == '{' ||
          c == '$')
        break;
    }
    if (end >= text_.size() || text_[end] != '@' || colon <= begin || end - colon < 9) return;
    const std::string_view value = text_.substr(colon + 1, end - colon - 1);
    if (value.find_first_of("[]()+*\\^|") != std::string_view::npos) return;  // a regular expression
    bool digit = false, letter = false;
    for (const char c : value) {
      digit = digit || letters::is_digit(c);
      letter = letter || letters::is_letter(c);
    }
    for (const std::string_view word : {"pass", "pwd", "user", "admin"})
      for (std::size_t i = 0; i + word.size() <= value.size(); ++i)
        if (letters::equals_lower(value.substr(i, word.size()), word)) return;
    if (digit && letter && !is_made_up(value) && looks_random(value))
      found_.push_back({colon + 1, end, 0, "a password"});
  }

  std::string_view text_;
  const Triggers& triggers_;
  std::vector<Secret> found_;
};

}  // namespace

std::vector<Secret> find_secrets(std::string_view text, const Triggers& triggers) {
  return SecretScan(text, triggers).run();
}

bool is_called_fake(std::string_view text, const Secret& secret) noexcept {
  std::size_t line = secret.begin;
  while (line > 0 && text[line - 1] != '\n' && secret.begin - line < 200) --line;
  const std::size_t end = std::min({text.find('\n', secret.end), secret.end + 200, text.size()});
  return has_phrase(text.substr(line, secret.begin - line),
                    {"fake", "dummy", "invalid", "revoked", "made-up", "made up", "not real", "not a real",
                     "placeholder", "regex", "pattern", "must find", "should find", "should match"}) ||
         has_phrase(text.substr(secret.end, end - secret.end),
                    {"in a fixture", "is fake", "not a real", "# fake", "// fake", "is revoked", "is made up",
                     "is invalid", "is an example"});
}

bool is_public(std::string_view text, const Secret& secret) noexcept {
  if (secret.what == "a password") {
    const std::string_view host = text.substr(secret.end + 1, 60);
    return host.substr(0, host.find('/')).ends_with("sentry.io");
  }
  constexpr std::size_t near = 300;
  const std::size_t begin = secret.begin - std::min(secret.begin, near);
  return secret.what == "a Google key" &&
         text.substr(begin, secret.end - begin + near).find("authDomain") != std::string_view::npos;
}

// "Example API key:", then the key on a line of its own, or in a fence.
bool is_introduced_as_example(std::string_view text, const Secret& secret) noexcept {
  std::size_t end = text.substr(0, secret.begin).find_last_not_of(" \t");
  for (int skipped = 0; skipped < 4; ++skipped) {
    if (end == std::string_view::npos || text[end] != '\n' || end == 0) return false;
    const std::size_t before = text.find_last_of('\n', end - 1), begin = before + 1;  // npos + 1 is 0
    const std::string_view line = letters::trim(text.substr(begin, end - begin));
    if (!line.empty() && line.substr(0, 3) != "```")
      return line.size() < 200 && line.back() == ':' && has_phrase(line, {"example", "sample"}) &&
             has_phrase(line, {"key", "token", "secret", "jwt"});
    if (before == std::string_view::npos) return false;
    end = before;
  }
  return false;
}

std::string masked(std::string_view text) {
  std::string out(text);
  for (const Secret& secret : find_secrets(text, find_triggers(text)))
    for (std::size_t i = secret.begin + secret.shown; i < secret.end; ++i) out[i] = '*';
  return out;
}

}  // namespace cascade::validation
