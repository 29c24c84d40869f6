// Secrets that their issuers mark: their form is public, so their kind can be named.
#include <array>

#include "memory/found_secret.h"
#include "memory/secret_prefixes.h"
#include "text/ascii.h"

namespace cascade::memory {
namespace {

bool begins_word(std::string_view text, std::size_t at) { return at == 0 || !is_token(text[at - 1]); }

void find_prefixes(std::string_view text, std::vector<FoundSecret>& found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins_word(text, at)) continue;
    if (const Issued one = issued_at(text.substr(at)); one.length > 0) found.push_back({at, at + one.length, one.kind});
  }
}

// "-----BEGIN ... PRIVATE KEY-----" up to its end mark, or to the end of the text if there is none.
void find_private_keys(std::string_view text, std::vector<FoundSecret>& found) {
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

// Addresses that are themselves secret: https://hooks.slack.com/services/T/B/SECRET.
void find_hook_addresses(std::string_view text, std::vector<FoundSecret>& found) {
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

// Three parts of base64, the first of which is an object: a JSON web token.
void find_web_tokens(std::string_view text, std::vector<FoundSecret>& found) {
  for (std::size_t at = text.find("eyJ"); at != std::string_view::npos; at = text.find("eyJ", at + 1)) {
    if (!begins_word(text, at)) continue;
    std::size_t end = at;
    while (end < text.size() && (is_token(text[end]) || text[end] == '.' || text[end] == '=')) ++end;
    while (end > at && text[end - 1] == '.') --end;
    if (end - at >= 30) found.push_back({at, end, "web-token"});
  }
}

// 123456789:AAE..., the tokens of Telegram's bots; NAME:APA91b..., the device tokens of Firebase.
void find_bot_tokens(std::string_view text, std::vector<FoundSecret>& found) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && letters::is_digit(text[begin - 1])) --begin;
    const std::size_t end = run_end(text, at + 1, is_token);
    if (text.substr(at + 1, 6) == "APA91b" && end - at >= 100) {
      while (begin > 0 && is_token(text[begin - 1])) --begin;
      found.push_back({begin, end, "firebase"});
    }
    if (at - begin >= 8 && at - begin <= 10 && end - at - 1 >= 30) found.push_back({begin, end, "telegram"});
  }
}

// Terraform's tokens have a mark inside.
void find_marked_inside(std::string_view text, std::vector<FoundSecret>& found) {
  constexpr std::string_view mark = ".atlasv1.";
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_token(text[begin - 1])) --begin;
    const std::size_t end = run_end(text, at + mark.size(), is_dotted);
    if (end - at >= 30) found.push_back({begin, end, "terraform"});
  }
}

// Microsoft's client secrets have "Q~" after three characters and a digit.
void find_client_secrets(std::string_view text, std::vector<FoundSecret>& found) {
  for (std::size_t at = text.find("Q~"); at != std::string_view::npos; at = text.find("Q~", at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && at - begin < 4 && is_dotted(text[begin - 1])) --begin;
    const std::size_t end = run_end(text, at + 2, is_dotted);
    if (at - begin == 4 && end - at >= 30) found.push_back({begin, end, "azure"});
  }
}

}  // namespace

// The order does not matter: what is found may overlap, and the caller removes the union.
void find_marked_secrets(std::string_view text, std::vector<FoundSecret>& found) {
  find_private_keys(text, found);
  find_hook_addresses(text, found);
  find_web_tokens(text, found);
  find_bot_tokens(text, found);
  find_prefixes(text, found);
  find_client_secrets(text, found);
  find_marked_inside(text, found);
}

}  // namespace cascade::memory
