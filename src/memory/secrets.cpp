// A secret is known by what its issuer puts in front of it, by where it stands, or by looking like chance. The order
// matters: what is known exactly goes first, so that its kind is named; entropy catches what nobody knows.
#include "memory/secrets.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "recall/log2.h"
#include "text/ascii.h"

namespace cascade::memory {
namespace {

using letters::is_digit;
using letters::is_letter;
using letters::is_lower;
using letters::is_upper;

struct Found {
  std::size_t begin = 0, end = 0;
  std::string_view kind;
};

bool is_token(char c) { return letters::is_letter_or_digit(c) || c == '_' || c == '-'; }
bool is_base64(char c) { return letters::is_letter_or_digit(c) || c == '+' || c == '/' || c == '='; }
bool is_dotted(char c) { return is_token(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '='; }

// What issuers write in front, and how many characters follow at least.
struct Prefix {
  std::string_view text, kind;
  std::size_t least = 0;
  bool (*alphabet)(char) = is_token;
};

constexpr Prefix prefixes[] = {
    {"AKIA", "aws-key-id", 12},
    {"ASIA", "aws-key-id", 12},
    {"ABIA", "aws-key-id", 12},
    {"AIza", "google", 30},
    {"ya29.", "google", 20, is_dotted},
    {"GOCSPX-", "google", 20},
    {"1//0", "google", 20},
    {"ghp_", "github", 20},
    {"gho_", "github", 20},
    {"ghu_", "github", 20},
    {"ghs_", "github", 20},
    {"ghr_", "github", 20},
    {"github_pat_", "github", 20},
    {"glpat-", "gitlab", 12, is_dotted},
    {"gldt-", "gitlab", 12},
    {"glrt-", "gitlab", 12, is_dotted},
    {"glptt-", "gitlab", 12},
    {"glcbt-", "gitlab", 12},
    {"glsoat-", "gitlab", 12},
    {"glft-", "gitlab", 12},
    {"GR1348941", "gitlab", 12},
    {"xoxb-", "slack", 8},
    {"xoxp-", "slack", 8},
    {"xoxa-", "slack", 8},
    {"xoxr-", "slack", 8},
    {"xoxs-", "slack", 8},
    {"xoxe-", "slack", 8},
    {"xoxe.", "slack", 8, is_dotted},
    {"xoxc-", "slack", 8},
    {"xoxd-", "slack", 8, is_dotted},
    {"xapp-", "slack", 8},
    {"sk_live_", "stripe", 8},
    {"sk_test_", "stripe", 8},
    {"rk_live_", "stripe", 8},
    {"rk_test_", "stripe", 8},
    {"pk_live_", "stripe", 8},
    {"whsec_", "stripe", 8, is_dotted},
    {"SG.", "sendgrid", 20, is_dotted},
    {"npm_", "npm", 20},
    {"pypi-", "pypi", 20},
    {"hvs.", "vault", 12, is_dotted},
    {"hvb.", "vault", 12, is_dotted},
    {"hvr.", "vault", 12, is_dotted},
    {"dop_v1_", "digitalocean", 16},
    {"doo_v1_", "digitalocean", 16},
    {"dor_v1_", "digitalocean", 16},
    {"AGE-SECRET-KEY-", "age", 20},
    {"sk-ant-", "anthropic", 12},
    {"sk-proj-", "openai", 12},
    {"sk-svcacct-", "openai", 12},
    {"sk-or-", "openrouter", 12},
    {"sk-", "openai", 20},
    {"hf_", "huggingface", 20},
    {"r8_", "replicate", 20},
    {"gsk_", "groq", 20},
    {"pplx-", "perplexity", 20},
    {"xai-", "xai", 20},
    {"shpat_", "shopify", 16},
    {"shpss_", "shopify", 16},
    {"shpca_", "shopify", 16},
    {"shppa_", "shopify", 16},
    {"sq0atp-", "square", 12},
    {"sq0csp-", "square", 12},
    {"EAAA", "square", 40},
    {"xkeysib-", "brevo", 16},
    {"lin_api_", "linear", 12},
    {"lin_oauth_", "linear", 12},
    {"ntn_", "notion", 20},
    {"secret_", "notion", 30},
    {"figd_", "figma", 12},
    {"dapi", "databricks", 30},
    {"NRAK-", "newrelic", 12},
    {"NRJS-", "newrelic", 12},
    {"PMAK-", "postman", 12},
    {"rubygems_", "rubygems", 16},
    {"dckr_pat_", "docker", 12},
    {"dckr_oat_", "docker", 12},
    {"tskey-", "tailscale", 8},
    {"glsa_", "grafana", 16},
    {"glc_", "grafana", 20, is_dotted},
    {"sntrys_", "sentry", 16, is_dotted},
    {"sntryu_", "sentry", 16},
    {"ATATT3", "atlassian", 16, is_dotted},
    {"ATCTT3", "atlassian", 16, is_dotted},
    {"ATBB", "bitbucket", 20},
    {"CFPAT-", "contentful", 12},
    {"cio", "crates", 30},
    {"dp.pt.", "doppler", 16, is_dotted},
    {"dp.st.", "doppler", 16, is_dotted},
    {"EZAK", "easypost", 30},
    {"EZTK", "easypost", 30},
    {"FLWSECK", "flutterwave", 12},
    {"fio-u-", "frameio", 12},
    {"HRKU-", "heroku", 16},
    {"key-", "mailgun", 28},
    {"oy2", "nuget", 40},
    {"p8e-", "adobe", 16},
    {"pul-", "pulumi", 16},
    {"pscale_", "planetscale", 16, is_dotted},
    {"sbp_", "supabase", 20},
    {"sb_secret_", "supabase", 12},
    {"shippo_live_", "shippo", 16},
    {"v2.public.", "paseto", 20, is_dotted},
    {"v4.public.", "paseto", 20, is_dotted},
    {"v2.local.", "paseto", 20, is_dotted},
    {"v4.local.", "paseto", 20, is_dotted},
    {"vercel_", "vercel", 20},
    {"fly_", "fly", 20},
    {"FlyV1", "fly", 20, is_dotted},
    {"AKC", "artifactory", 40},
    {"AP", "artifactory", 60},
    {"cmVmd", "artifactory", 40, is_base64},
    {"zsk_", "zscaler", 20},
    {"tfp_", "typeform", 20},
    {"ops_eyJ", "onepassword", 20, is_dotted},
    {"A3-", "onepassword", 20},
    {"bkua_", "buildkite", 20},
    {"CCIPAT_", "circleci", 20},
    {"nfp_", "netlify", 20},
    {"rnd_", "render", 20},
    {"pat-na1-", "hubspot", 20},
    {"pat-eu1-", "hubspot", 20},
    {"access_token$production$", "paypal", 16},
    {"amzn.mws.", "amazon", 20, is_dotted},
    {"EAACEdEose0cBA", "facebook", 16},
    {"lob_live_", "lob", 16},
    {"live_", "live-key", 24},
    {"AC", "twilio", 32},
    {"SK", "twilio", 32},
    {"SCWXXX", "scaleway", 8},
    {"AIP", "aiven", 40},
    {"AVNS_", "aiven", 12},
};

bool begins_word(std::string_view text, std::size_t at) { return at == 0 || !is_token(text[at - 1]); }

std::size_t run_end(std::string_view text, std::size_t at, bool (*alphabet)(char)) {
  while (at < text.size() && alphabet(text[at])) ++at;
  while (at > 0 && text[at - 1] == '.') --at;  // the sentence's
  return at;
}

bool is_hex(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return letters::hex_value(c) >= 0; });
}

void find_prefixes(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins_word(text, at)) continue;
    for (const Prefix& prefix : prefixes) {
      if (text.substr(at, prefix.text.size()) != prefix.text) continue;
      const std::size_t begin = at + prefix.text.size(), end = run_end(text, begin, prefix.alphabet);
      if (end < begin + prefix.least) continue;
      const std::string_view rest = text.substr(begin, end - begin);
      const bool has_digit = std::any_of(rest.begin(), rest.end(), is_digit);
      if (!has_digit && prefix.text.size() < 4) continue;
      if (prefix.kind == "twilio" && (rest.size() != 32 || !is_hex(rest))) continue;
      found.push_back({at, end, prefix.kind});
      break;
    }
  }
}

// "-----BEGIN ... PRIVATE KEY-----" to its end, or to the text's where the end is not there.
void find_private_keys(std::string_view text, std::vector<Found>& found) {
  constexpr std::string_view begin_mark = "-----BEGIN", end_mark = "-----END";
  for (std::size_t at = text.find(begin_mark); at != std::string_view::npos; at = text.find(begin_mark, at + 1)) {
    const std::size_t head = text.find("-----", at + begin_mark.size());
    if (head == std::string_view::npos || head - at > 80 ||
        text.substr(at, head - at).find("PRIVATE KEY") == std::string_view::npos)
      continue;
    std::size_t end = text.find(end_mark, head);
    if (end != std::string_view::npos) end = text.find("-----", end + end_mark.size());
    found.push_back({at, end == std::string_view::npos ? text.size() : end + 5, "private-key"});
  }
  constexpr std::string_view putty = "PuTTY-User-Key-File";
  if (const std::size_t at = text.find(putty); at != std::string_view::npos)
    found.push_back({at, text.size(), "private-key"});
}

// scheme://user:PASSWORD@host
void find_passwords_in_addresses(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 1)) {
    const std::size_t begin = at + 3;
    std::size_t end = begin;
    while (end < text.size() && !letters::is_space(text[end]) && text[end] != '"' && text[end] != '\'' &&
           text[end] != '<' && text[end] != '>' && text[end] != '`')
      ++end;
    const std::string_view rest = text.substr(begin, end - begin);
    const std::size_t slash = std::min(rest.find_first_of("?#"), rest.size());
    const std::size_t host = rest.substr(0, slash).rfind('@');
    if (host == std::string_view::npos) continue;
    const std::size_t colon = rest.find(':');
    const std::size_t from = colon < host ? colon + 1 : 0;  // "https://TOKEN@host" has no user
    const std::string_view password = rest.substr(from, host - from);
    if (password.empty() || password.front() == '$' || password.front() == '{' || password == "***") continue;
    if (colon >= host && password.size() < 16) continue;  // a user's name
    found.push_back({begin + from, begin + host, "password-in-url"});
  }
}

// Addresses that are a secret themselves: https://hooks.slack.com/services/T/B/SECRET.
void find_hook_addresses(std::string_view text, std::vector<Found>& found) {
  struct Hook {
    std::string_view begin, kind;
  };
  constexpr std::array<Hook, 7> hooks = {{{"hooks.slack.com/services/", "slack-webhook"},
                                          {"hooks.slack.com/workflows/", "slack-webhook"},
                                          {"discord.com/api/webhooks/", "discord-webhook"},
                                          {"discordapp.com/api/webhooks/", "discord-webhook"},
                                          {"hooks.zapier.com/hooks/catch/", "zapier-webhook"},
                                          {"webhook.office.com/webhookb2/", "teams-webhook"},
                                          {"api.telegram.org/bot", "telegram"}}};
  for (const Hook& hook : hooks)
    for (std::size_t at = text.find(hook.begin); at != std::string_view::npos; at = text.find(hook.begin, at + 1)) {
      const std::size_t begin = at + hook.begin.size();
      std::size_t end = begin;
      while (end < text.size() && (is_dotted(text[end]) || text[end] == ':' || text[end] == '@')) ++end;
      while (end > begin && text[end - 1] == '.') --end;
      if (end - begin >= 8) found.push_back({begin, end, hook.kind});
    }
}

// Three parts of base64, the first of them an object: a JSON web token.
void find_web_tokens(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = text.find("eyJ"); at != std::string_view::npos; at = text.find("eyJ", at + 1)) {
    if (!begins_word(text, at)) continue;
    std::size_t end = at;
    while (end < text.size() && (is_token(text[end]) || text[end] == '.' || text[end] == '=')) ++end;
    while (end > at && text[end - 1] == '.') --end;
    if (end - at >= 30) found.push_back({at, end, "web-token"});
  }
}

// 123456789:AAE... as Telegram's bots have it.
void find_bot_tokens(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    const std::size_t end = run_end(text, at + 1, is_token);
    if (at - begin >= 8 && at - begin <= 10 && end - at - 1 >= 30) found.push_back({begin, end, "telegram"});
  }
}

// A value that nobody would write as a word: digits or signs among letters.
bool is_password_like(std::string_view value) {
  if (value.size() < 6) return false;
  const bool digit = std::any_of(value.begin(), value.end(), is_digit);
  const bool letter = std::any_of(value.begin(), value.end(), is_letter);
  const bool sign = std::any_of(value.begin(), value.end(), [](char c) {
    return std::string_view("!@#$%^&*~+=?").find(c) != std::string_view::npos;
  });
  const bool path = value.find('/') != std::string_view::npos && !sign;
  if (path && value.size() < 20) return false;
  return (digit && letter) || (sign && (letter || digit)) || (digit && value.size() >= 8);
}

// "password: x", "token is x", "api_key=x", "Authorization: Bearer x".
void find_named_values(std::string_view text, std::vector<Found>& found) {
  constexpr std::array<std::string_view, 26> names = {
      "password",        "passwort",    "passwd",     "pwd",           "passphrase", "pass",       "secret",
      "token",           "api key",     "api_key",    "apikey",        "api-key",    "access key", "access_key",
      "auth key",        "private key", "credential", "credentials",   "bearer",     "basic",      "accountkey",
      "sharedaccesskey", "sig",         "pin code",   "client_secret", "license key"};
  const std::string lower = letters::to_lower(text);
  for (const std::string_view name : names)
    for (std::size_t at = lower.find(name); at != std::string::npos; at = lower.find(name, at + 1)) {
      if (at > 0 && is_letter(lower[at - 1])) continue;
      std::size_t from = at + name.size();
      if (from < lower.size() && is_letter(lower[from])) continue;
      bool told = name == "bearer" || name == "basic" || name == "token" || name == "secret" || name == "pass";
      while (from < lower.size()) {
        const char c = lower[from];
        if (letters::is_blank(c) || c == '"' || c == '\'' || c == '`') {
          ++from;
        } else if (c == ':' || c == '=') {
          told = true;
          ++from;
        } else if (lower.compare(from, 3, "is ") == 0 || lower.compare(from, 3, "to ") == 0) {
          told = true;
          from += 3;
        } else {
          break;
        }
      }
      std::size_t end = from;
      while (end < text.size() && !letters::is_space(text[end]) &&
             std::string_view("\"'`,;)<>").find(text[end]) == std::string_view::npos)
        ++end;
      while (end > from && (text[end - 1] == '.' || text[end - 1] == ':')) --end;
      const std::string_view value = text.substr(from, end - from);
      const bool strong = told || name.rfind("pass", 0) == 0;
      if (strong && is_password_like(value) && value.find("://") == std::string_view::npos)
        found.push_back({from, end, name == "bearer" || name == "basic" ? "authorization" : "password"});
    }
}

// 64 * bits of information in a word, by how often each of its characters occurs in it.
std::uint32_t entropy_64(std::string_view word) {  // of one character
  std::array<std::uint32_t, 256> counts{};
  for (const char c : word) ++counts[static_cast<unsigned char>(c)];
  std::uint64_t sum = 0;
  for (const std::uint32_t count : counts)
    if (count > 0) sum += std::uint64_t{count} * recall::log2_64(count);
  return recall::log2_64(word.size()) - static_cast<std::uint32_t>(sum / word.size());
}

// How often the sort of character changes: in names seldom, in chance at every second place.
std::size_t changes_of(std::string_view word) {
  const auto sort = [](char c) { return is_digit(c) ? 0 : is_upper(c) ? 1 : is_lower(c) ? 2 : 3; };
  std::size_t changes = 0;
  for (std::size_t i = 1; i < word.size(); ++i) changes += sort(word[i]) != sort(word[i - 1]) ? 1 : 0;
  return changes;
}

bool says_hash(std::string_view text, std::size_t at) {
  const std::string before = letters::to_lower(text.substr(at > 24 ? at - 24 : 0, std::min<std::size_t>(at, 24)));
  for (const std::string_view word : {"commit", "sha256", "sha1", "sha512", "sha-256", "digest", "checksum", "revision",
                                      "hash", "integrity", "uuid", "etag", "md5"})
    if (before.find(word) != std::string::npos) return true;
  return false;
}

bool is_chance(std::string_view word) {
  const bool digit = std::any_of(word.begin(), word.end(), is_digit);
  const bool letter = std::any_of(word.begin(), word.end(), is_letter);
  if (!digit || !letter) return false;
  if (is_hex(word)) return word.size() >= 32 && entropy_64(word) >= 3 * 64;
  const bool mixed = std::any_of(word.begin(), word.end(), is_upper) && std::any_of(word.begin(), word.end(), is_lower);
  const std::size_t most = word.size() < 24 ? 3 : 4;  // a change at every so many characters, at the least
  if (word.size() >= 20 && mixed) return entropy_64(word) >= 224 && changes_of(word) * most >= word.size();
  return word.size() >= 28 && entropy_64(word) >= 224 && changes_of(word) * 4 >= word.size();
}

void find_chance(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_base64(text[at]) && text[at] != '_' && text[at] != '-') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (is_base64(text[end]) || text[end] == '_' || text[end] == '-')) ++end;
    std::size_t from = at;
    const auto look = [&](std::size_t begin, std::size_t stop) {
      const std::string_view word = text.substr(begin, stop - begin);
      if (is_chance(word) && !says_hash(text, begin)) found.push_back({begin, stop, "high-entropy"});
    };
    if (const std::size_t equals = text.substr(at, end - at).find('='); equals != std::string_view::npos && equals > 0)
      if (at + equals + 1 < end && text[at + equals + 1] != '=') from = at + equals + 1;  // NAME=value
    const std::string_view word = text.substr(from, end - from);
    const bool is_path = !word.empty() && (word.front() == '/' || (from > 0 && text[from - 1] == '.'));
    if (!is_path) look(from, end);
    if (word.find('/') != std::string_view::npos)
      for (std::size_t begin = from; begin < end;) {  // a path, whose parts may be secret
        const std::size_t stop = std::min(text.find('/', begin), end);
        look(begin, stop);
        begin = stop + 1;
      }
    at = end;
  }
}

}  // namespace

Redacted without_secrets(std::string_view text) {
  std::vector<Found> found;
  find_private_keys(text, found);
  find_passwords_in_addresses(text, found);
  find_hook_addresses(text, found);
  find_web_tokens(text, found);
  find_bot_tokens(text, found);
  find_prefixes(text, found);
  find_named_values(text, found);
  find_chance(text, found);
  // The first that was found keeps its kind; what overlaps it makes it longer.
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.begin < b.begin; });
  Redacted result;
  std::size_t at = 0;
  for (std::size_t i = 0; i < found.size();) {
    std::size_t end = found[i].end, next = i + 1;
    while (next < found.size() && found[next].begin < end) end = std::max(end, found[next++].end);
    result.text.append(text.substr(at, found[i].begin - at));
    result.text.append("[secret removed: ").append(found[i].kind).append("]");
    result.kinds.emplace_back(found[i].kind);
    at = end;
    i = next;
  }
  result.text.append(text.substr(at));
  return result;
}

}  // namespace cascade::memory
