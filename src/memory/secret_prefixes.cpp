// The marks that issuers put in front of their tokens, with the least length after each and the characters that may
// follow. The first that fits counts, so a longer mark stands before the shorter one that begins it.
#include "memory/secret_prefixes.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/hex.h"

namespace cascade::memory {
namespace {

bool is_printable(char c) noexcept { return c > ' ' && c < 0x7f && c != '"' && c != '\'' && c != '`'; }

// The prefixes used by issuers, with the least number of characters after each.
struct Prefix {
  std::string_view text, kind;
  std::size_t least = 0;
  bool (*alphabet)(char) noexcept = is_token;
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
    {"AQ.Ab8", "google", 20, is_dotted},
    {"ABSK", "aws-key-id", 40, is_dotted},
    {"sk-proj-", "openai", 12},
    {"sk-admin-", "openai", 12},
    {"sk_", "elevenlabs", 40},
    {"lsv2_", "langsmith", 20},
    {"re_", "resend", 28},
    {"phx_", "posthog", 20},
    {"npg_", "neon", 10},
    {"pdl_live_", "paddle", 16},
    {"pdl_sdbx_", "paddle", 16},
    {"sk.eyJ", "mapbox", 20, is_dotted},
    {"pk.eyJ", "mapbox", 20, is_dotted},
    {"django-insecure-", "django", 20, is_printable},
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
    {"cmVmd", "artifactory", 40, is_dotted},
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

// Marks of less than four characters also begin words, so their rest must hold a digit, or be longer than any word is
// without a sign in between ("hf_" and 34 letters).
bool is_no_word(std::string_view mark, std::string_view rest) {
  constexpr std::size_t longest_word = 28;
  const bool is_set_off = mark.back() == '_' || mark.back() == '-';
  return std::any_of(rest.begin(), rest.end(), letters::is_digit) ||
         (is_set_off && rest.size() > longest_word && rest.find_first_of("_-") == std::string_view::npos);
}

}  // namespace

bool is_token(char c) noexcept { return letters::is_letter_or_digit(c) || c == '_' || c == '-'; }
bool is_dotted(char c) noexcept { return is_token(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '='; }

std::size_t run_end(std::string_view text, std::size_t at, bool (*alphabet)(char) noexcept) noexcept {
  while (at < text.size() && alphabet(text[at])) ++at;
  while (at > 0 && text[at - 1] == '.') --at;
  return at;
}

Issued issued_at(std::string_view text) noexcept {
  for (const Prefix& prefix : prefixes) {
    if (text.substr(0, prefix.text.size()) != prefix.text) continue;
    const std::size_t end = run_end(text, prefix.text.size(), prefix.alphabet);
    if (end < prefix.text.size() + prefix.least) continue;
    const std::string_view rest = text.substr(prefix.text.size(), end - prefix.text.size());
    if (prefix.text.size() < 4 && !is_no_word(prefix.text, rest)) continue;
    if (prefix.kind == "twilio" && (rest.size() != 32 || !letters::is_hex(rest))) continue;
    return {end, prefix.kind};
  }
  return {};
}

}  // namespace cascade::memory
