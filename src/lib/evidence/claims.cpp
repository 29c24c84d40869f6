// Assesses each effect against the events after it; claims.h says what the levels mean. Names are compared loosely,
// since programs call one thing differently, but two specific, different names never match.
#include "evidence/claims.h"

#include <algorithm>
#include <optional>

#include "evidence/find.h"
#include "evidence/words.h"
#include "git/words.h"
#include "text/ascii.h"
#include "text/words.h"

namespace cascade::evidence {
namespace {

// Programs that use the same names for the same things.
std::string_view family_of(std::string_view program) {
  for (const std::string_view family : program_families())
    if (lists(family, program)) return family;
  return program.starts_with("mcp__") ? program.substr(0, program.find("__", 5)) : program;
}

// Whether a target names no specific thing: a file, a folder, a kind, the program itself.
bool is_general(const std::string& target, const std::string& program) {
  if (program == "git") return target.empty();
  if (target.empty() || target == program || target == family_of(program) || is_in(list::general_targets, target))
    return true;
  if (target.front() == '.' || target.front() == '/' || target.back() == '/' || target.front() == '-') return true;
  if (std::ranges::any_of(list::file_endings,
                          [&](std::string_view end) { return target.size() > end.size() && target.ends_with(end); }))
    return true;
  return family_of(program) == family_of("terraform");
}

std::vector<std::string> all_names(const Finding& finding) {
  std::vector<std::string> names = finding.names;
  if (!finding.target.empty()) names.push_back(finding.target);
  return names;
}

bool is_of_server(const Finding& finding) { return finding.program.starts_with("mcp__"); }

// The interface that a look or an effect used, with MCP as one of its own.
std::string_view door(const Finding& finding) {
  return is_of_server(finding) && finding.interface != Interface::browser ? "mcp" : to_string(finding.interface);
}

bool is_page(const Finding& finding) {
  return has_scheme(finding.target) || (door(finding) != "mcp" && finding.interface != Interface::cli);
}

// Returns the pages on which an effect is known to be visible.
std::vector<Address> pages_of(const Finding& changed) {
  std::vector<Address> pages;
  for (const std::string& name : all_names(changed)) {
    const bool is_target = changed.interface == Interface::http && !is_of_server(changed);
    if (has_scheme(name) || (is_target && name == changed.target)) pages.push_back(read_address(name));
  }
  return pages;
}

bool shows_page(const Finding& changed, const Finding& seen) {
  const Address page = read_address(seen.target);
  if (page.host.empty()) return false;
  const std::vector<Address> pages = pages_of(changed);
  for (const Address& one : pages) {
    const bool same_site = one.host == page.host && one.port == page.port;
    if (is_same_page(one, page) || (same_site && changed.kind == Kind::deploy)) return true;
    if (!one.host.empty() && page.host.compare(0, one.host.size() + 1, one.host + ".") == 0)
      return false;  // made to look similar
  }
  bool named = false;
  for (const std::string& name : all_names(changed)) {
    if (has_scheme(name) || is_general(name, changed.program)) continue;
    named = true;
    if (names_resource(page, name)) return true;
  }
  // Where a deployment is served is unknown unless it says so; then any page outside counts.
  if (!pages.empty()) return false;
  return changed.kind == Kind::deploy ? !is_reference_host(page.host) : changed.kind == Kind::publish && !named;
}

bool shows_resource(const Finding& changed, const Finding& seen) {
  const std::vector<std::string> ones = all_names(changed), others = all_names(seen);
  bool named_one = false, named_other = false;
  for (const std::string& one : ones) {
    if (has_scheme(one)) {
      if (!is_general(seen.target, seen.program) && names_resource(read_address(one), seen.target)) return true;
      continue;
    }
    const bool general = is_general(one, changed.program);
    named_one = named_one || !general;
    for (const std::string& other : others) {
      if (!general && !is_general(other, seen.program) && is_same_name(one, other)) return true;
      if (one == other) return true;
    }
    // gh api repos/acme/app/branches/main: the target is a path of the service's own address.
    if (!general && seen.subcommand.starts_with("api") && names_resource({{}, {}, "/" + seen.target}, one)) return true;
  }
  for (const std::string& other : others) named_other = named_other || !is_general(other, seen.program);
  return family_of(changed.program) == family_of(seen.program) && !(named_one && named_other);
}

struct Span {
  std::size_t begin = 0;  // the first event after the effect
  bool failed = false, running = false;
};

// Returns where looks begin to count: after the effect, or for a background task after its end.
Span span_of(const std::vector<Event>& events, std::size_t at) {
  Span span{at + 1, false, !events[at].task.empty()};
  if (!span.running) return span;
  for (std::size_t i = at + 1; i < events.size(); ++i)
    if (events[i].what == Event::What::ended && events[i].task == events[at].task)
      return {i + 1, !events[i].holds, false};
  return span;
}

// Returns whether a prediction held on one side of an effect: the last look counts.
std::optional<bool> seen_as(const std::vector<Event>& events, std::size_t begin, std::size_t end,
                            std::uint64_t prediction) {
  std::optional<bool> seen;
  for (std::size_t i = begin; i < end; ++i)
    for (const auto& [id, holds] : events[i].predictions)
      if (id == prediction) seen = holds;
  return seen;
}

// Raises the level by fulfilled predictions, or resets it if one is false.
void judge_predictions(const std::vector<Event>& events, std::size_t at, std::size_t begin, Claim& claim) {
  bool fulfilled = false, refuted = false;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& prediction = events[i];
    if (prediction.what != Event::What::prediction) continue;
    const auto after = seen_as(events, begin, events.size(), prediction.id);
    const auto before = seen_as(events, i, std::min(at, events.size()), prediction.id);
    const bool is_linked = before == std::optional(false);
    if (!after || (!is_linked && !shows(claim.finding, prediction.finding))) continue;
    refuted = refuted || !*after;
    fulfilled = fulfilled || (*after && is_linked);
    if (*after && is_linked) claim.level = std::max(claim.level, 2);
  }
  if (fulfilled && claim.level >= 2) claim.level = 3;
  if (refuted) claim.level = 0;
}

void judge_witnesses(const std::vector<Event>& events, std::size_t begin, Claim& claim) {
  for (std::size_t i = begin; i < events.size(); ++i) {
    if (events[i].what != Event::What::witness || !shows(claim.finding, events[i].finding)) continue;
    claim.level = std::max(claim.level, door(events[i].finding) == door(claim.finding) ? 1 : 2);
    claim.witnesses.push_back(events[i].id);
  }
}

std::string first_page(const Finding& finding) {
  for (const std::string& name : finding.names)
    if (has_scheme(name)) return name;
  return has_scheme(finding.target) ? finding.target : std::string();
}

// Whether a message admits that something was not verified: a word of looking that is denied, needed, outstanding or
// handed over, or a question to which the answer is not known.

constexpr std::size_t reach = 7;  // words between the doubt and the looking
using Statement = std::vector<std::string>;

bool is_like(std::span<const std::string_view> stems, std::string_view word) {
  return std::ranges::any_of(stems, [&](std::string_view stem) { return letters::matches_wildcard(stem, word); });
}

// The words of one sentence in lower case, each comma as one; "haven't" becomes "haven", "not".
Statement words_of(std::string_view sentence) {
  Statement words;
  std::string word;
  const auto end = [&] {
    if (word.empty()) return;
    const std::string small = letters::to_lower(word);
    const std::size_t mark = small.find('\'');
    if (small.ends_with("n't"))
      words.emplace_back("not");
    else  // "n'ai", "l'ho"
      words.push_back(mark < 3 ? small.substr(mark + 1) : small);
    word.clear();
  };
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const auto byte = static_cast<unsigned char>(sentence[i]);
    if (sentence.compare(i, 3, "\xE2\x80\x99") == 0) {  // a typographic apostrophe
      word += '\'';
      i += 2;
    } else if (letters::is_letter_or_digit(sentence[i]) || sentence[i] == '\'' || byte >= 0x80) {
      word += sentence[i];
    } else {
      end();
      if (sentence[i] == ',') words.emplace_back(",");
    }
  }
  end();
  return words;
}

// "Nothing left unverified": what admits by itself is denied.
bool is_plain_admission(const Statement& words, std::size_t at) {
  const std::size_t before = std::min<std::size_t>(at, 3);
  return is_in(list::plain_admissions, words[at]) &&
         !any_in(list::undenied, std::span(words).subspan(at - before, before));
}

// "I had no way to check".
bool has_no_means(const Statement& words, std::size_t at) {
  return at + 1 < words.size() && lists("no keine kein", words[at]) && is_in(list::no_means, words[at + 1]);
}

// "Not verified", "I could not reach"; neither "not only verified", "no need to check", "need not be checked", nor "no
// errors, verified".
bool is_denied(const Statement& words, std::size_t at, bool is_romance) {
  for (std::size_t i = at - std::min(at, reach); i < at; ++i) {
    if (!is_in(list::doubting, words[i]) && !(is_romance && words[i] == "no") && !has_no_means(words, i)) continue;
    const std::size_t end = std::min(at, i + (is_romance ? 3 : 2));
    const bool turned = i + 1 < end && any_in(list::turning, std::span(words).subspan(i + 1, end - i - 1));
    const bool joined = any_in(list::joining, std::span(words).subspan(i, at - i));
    if (!turned && !joined && (i == 0 || !is_in(list::needing, words[i - 1]))) return true;
  }
  return at > 0 && lists("no keine kein", words[at - 1]) && is_in(list::looking_nouns, words[at]);
}

// "Still to be verified", "muss noch überprüft werden", "reste à vérifier".
bool is_needed(const Statement& words, std::size_t at) {
  if (at >= 3 && words[at - 1] == "be" && words[at - 2] == "to" && is_in(list::before_to_be, words[at - 3]))
    return true;
  for (std::size_t i = at - std::min<std::size_t>(at, 5); i < at; ++i) {
    if (!is_in(list::needing, words[i])) continue;
    const std::size_t begin = i - std::min<std::size_t>(i, 2);
    const std::span near = std::span(words).subspan(begin, at - begin), between = near.subspan(i - begin);
    if (!any_in(list::doubting, near) && !any_in(list::undenied, near) && !any_in(list::joining, between) &&
        std::ranges::find(between, ",") == between.end())
      return true;
  }
  return false;
}

// "Verification is pending", "eine Prüfung habe ich nicht durchgeführt", "geprüft habe ich es nicht", "check yourself".
bool is_left(const Statement& words, std::size_t at) {
  const bool is_noun = is_in(list::looking_nouns, words[at]);
  bool is_denied = false;
  for (std::size_t i = at + 1; i < std::min(words.size(), at + 7); ++i) {
    if (is_in(list::joining, words[i]) || (!is_noun && is_in(list::whether, words[i])) || words[i] == ",") return false;
    if (is_in(list::yourself, words[i]) || (is_noun && is_in(list::outstanding, words[i]))) return true;
    if (words[i] == "nicht" && !is_noun && i < at + 5) return true;
    if (is_denied && is_in(list::carried_out, words[i])) return true;
    is_denied = is_denied || (is_noun && (is_in(list::doubting, words[i]) || words[i] == "no"));
  }
  return false;
}

// "I do not know whether the page is live", "unklar, ob".
bool is_unknown(const Statement& words) {
  if (!any_in(list::whether, words) || !any_in(list::outside, words)) return false;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (is_in(list::unknowing, words[at])) return true;
    if (!is_in(list::knowing, words[at])) continue;
    const std::size_t begin = at - std::min<std::size_t>(at, 2), end = std::min(words.size(), at + 3);
    const std::span near = std::span(words).subspan(begin, end - begin);
    if (any_in(list::doubting, near) || std::ranges::find(near, "no") != near.end()) return true;
  }
  return false;
}

bool admits_sentence(const Statement& words) {
  const bool is_outside = any_in(list::outside, words);
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (is_plain_admission(words, at)) return true;
    const bool is_romance = is_like(list::romance_looking, words[at]);
    const bool looks = is_romance || is_like(list::looking, words[at]);
    const bool tries_romance = is_outside && is_like(list::romance_trying, words[at]);
    const bool tries = tries_romance || (is_outside && is_like(list::trying, words[at]));
    if ((looks || tries) && is_denied(words, at, is_romance || tries_romance)) return true;
    if (looks && (is_needed(words, at) || is_left(words, at))) return true;
  }
  return is_unknown(words);
}

// A comma ends a statement in such languages: "没有问题，已经验证". Doubt stands before the word, or its denial behind.
bool admits_unspaced(std::string_view sentence) {
  constexpr std::size_t few = 3 * 12;  // bytes of twelve characters
  for (const std::string_view word : list::unspaced_looking)
    for (std::size_t at = sentence.find(word); at != std::string_view::npos; at = sentence.find(word, at + 1)) {
      std::string_view before = sentence.substr(at - std::min(at, few), std::min(at, few));
      for (const std::string_view comma : {"，", "、"})
        if (const std::size_t cut = before.rfind(comma); cut != std::string_view::npos) before.remove_prefix(cut + 3);
      if (has_part(list::unspaced_doubting, before) && !has_part(list::unspaced_turning, before)) return true;
      std::string_view behind = sentence.substr(at + word.size(), few);
      behind = behind.substr(0, behind.find("、"));
      if (has_part(list::unspaced_denying, behind) && !has_part(list::unspaced_turning, behind)) return true;
    }
  const auto asked = std::ranges::find_if(
      list::unspaced_whether, [&](std::string_view word) { return sentence.find(word) != std::string_view::npos; });
  return asked != std::end(list::unspaced_whether) &&
         has_part(list::unspaced_unknowing, sentence.substr(sentence.find(*asked)));
}

// A dot inside a word or number does not end a sentence; the full stops of Chinese and Japanese do.
std::size_t end_of_sentence(std::string_view message) {
  std::size_t end = std::min(message.find_first_of(".!?;\n"), message.size());
  while (end + 1 < message.size() && message[end] == '.' && letters::is_letter_or_digit(message[end + 1]))
    end = std::min(message.find_first_of(".!?;\n", end + 1), message.size());
  for (const std::string_view stop : {"。", "！", "？", "；"}) end = std::min(end, message.find(stop));
  return end;
}

}  // namespace

bool shows(const Finding& changed, const Finding& seen) {
  return is_page(seen) ? shows_page(changed, seen) : shows_resource(changed, seen);
}

std::vector<Claim> assess(const std::vector<Event>& events) {
  std::vector<Claim> claims;
  for (std::size_t at = 0; at < events.size(); ++at) {
    const Event& event = events[at];
    if (event.what != Event::What::effect) continue;
    const Span span = span_of(events, at);
    if (span.failed) continue;
    Claim claim;
    claim.id = event.id;
    claim.finding = event.finding;
    claim.agent = event.agent;
    claim.required = event.finding.kind == Kind::publish || event.finding.kind == Kind::deploy ? 2 : 1;
    claim.running = span.running;
    judge_witnesses(events, span.begin, claim);
    judge_predictions(events, at, span.begin, claim);
    for (const Event& other : events) {
      const bool about = std::ranges::find(other.of, event.id) != other.of.end();
      claim.waived = claim.waived || (about && other.what == Event::What::waived);
      claim.told = claim.told || (about && other.what == Event::What::told);
    }
    claims.push_back(std::move(claim));
  }
  return claims;
}

std::string way_to_show(const Claim& claim) {
  const Finding& finding = claim.finding;
  const std::string& target = finding.target;
  const std::string page = first_page(finding);
  if (finding.kind == Kind::push) return "git ls-remote " + repository::shell_word(target);
  if (finding.kind == Kind::publish) {
    if (!page.empty()) return "curl -fsS " + repository::shell_word(page);
    const bool named = !is_general(target, finding.program);
    return "ask the registry over HTTP for " + (named ? target : finding.program) + ": curl -fsS ADDRESS, or WebFetch";
  }
  if (!page.empty() && (finding.kind == Kind::deploy || finding.interface == Interface::http))
    return "curl -fsS " + repository::shell_word(page);
  if (finding.kind == Kind::deploy) return "open the page that it serves: curl -fsS ADDRESS, or a browser tool";
  const std::size_t slash = target.find('/');
  if (finding.program == "gh" && slash != std::string::npos && lists("pr issue run", target.substr(0, slash)))
    return "gh " + target.substr(0, slash) + " view " + repository::shell_word(target.substr(slash + 1));
  if (finding.program == "kubectl" || finding.program == "oc")
    return finding.program + " get " + (is_general(target, finding.program) ? "pods" : repository::shell_word(target));
  if (finding.interface == Interface::http && !is_of_server(finding))
    return "curl -fsS " + repository::shell_word(target);
  return "ask for the state of " + (target.empty() ? finding.program : target);
}

bool admits(std::string_view message) {
  while (!message.empty()) {
    const std::size_t end = end_of_sentence(message);
    const std::string_view sentence = message.substr(0, end);
    if (admits_sentence(words_of(sentence)) || admits_unspaced(sentence)) return true;
    message.remove_prefix(std::min(end + 1, message.size()));
  }
  return false;
}

}  // namespace cascade::evidence

namespace cascade::systems {

using evidence::Claim, evidence::Finding, session::Entry;

Finding finding_of(const Entry& entry) {
  const session::Outside& outside = entry.outside;
  return {.is_effect = entry.event == session::Event::effect,
          .kind = evidence::kind_of(outside.kind).value_or(evidence::Kind::change),
          .interface = evidence::interface_of(outside.interface).value_or(evidence::Interface::cli),
          .target = outside.target,
          .names = outside.names,
          .program = outside.program,
          .subcommand = outside.subcommand};
}

std::vector<evidence::Event> outside_events(const session::Ledger& ledger) {
  using What = session::Event;
  constexpr What outside[] = {What::effect, What::witness, What::prediction, What::ended, What::waived, What::told};
  std::vector<evidence::Event> events;
  for (const Entry& entry : ledger.entries()) {
    if (std::ranges::find(outside, entry.event) == std::end(outside)) continue;
    events.push_back({entry.event, entry.sequence, finding_of(entry),
                      entry.recipient == session::main_conversation ? std::string() : entry.recipient,
                      entry.outside.task, entry.outside.text, entry.decision != "failed", entry.outside.predictions,
                      entry.outside.of});
  }
  return events;
}

bool has_open_effect(const session::Ledger& ledger, const std::string& agent) {
  const std::vector<Claim> claims = evidence::assess(outside_events(ledger));
  return std::ranges::any_of(claims, [&](const Claim& claim) { return claim.agent == agent && claim.is_open(); });
}

}  // namespace cascade::systems
