// Prepares a fact for the store: secrets go first, because folding white space would hide a key of several lines; then
// what nobody sees in it; then its lengths are checked.
#include <algorithm>

#include "memory/memory.h"
#include "secrets/find.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::memory {

namespace {

// Returns the text as one line with white space folded and without hidden characters; private keys of several lines
// were removed before.
std::string folded_line(std::string_view text) {
  std::string out;
  const std::string valid = unicode::replace_invalid(text);
  for (std::size_t at = 0; at < valid.size();) {
    const unicode::Decoded decoded = unicode::decode(valid, at);
    const bool space = decoded.code_point < 0x80 && letters::is_space(valid[at]);
    if (space) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (!unicode::is_hidden(decoded.code_point)) {
      out.append(valid, at, decoded.length);
    }
    at += decoded.length;
  }
  return std::string(letters::trim(out));
}

Error misuse(std::string message, std::string help = {}) {
  return {ErrorCode::misuse, std::move(message), {}, std::move(help)};
}

}  // namespace

// Every way into the memory goes through here, so no secret reaches the store by import, capture or synchronisation.
Result<Fact> tidy(Fact fact, std::vector<std::string>& removed) {
  const bool keeps_all = fact.has_no_secret && fact.trust > recall::model_trust;
  const std::size_t own = fact.session.empty() ? std::string::npos : fact.source.find(fact.session);
  const std::string origin = own == std::string::npos ? std::string() : fact.source.substr(own);
  fact.source.resize(fact.source.size() - origin.size());
  for (std::string* field : {&fact.subject, &fact.text, &fact.source, &fact.author, &fact.kind}) {
    secrets::Redacted redacted = keeps_all ? secrets::redacted_certain(*field) : secrets::redacted(*field);
    removed.insert(removed.end(), redacted.kinds.begin(), redacted.kinds.end());
    *field = folded_line(redacted.text);
  }
  // The conversation's id, which we wrote ourselves, is none, whatever it looks like.
  if (!origin.empty()) fact.source = folded_line(fact.source + (fact.source.empty() ? "" : " ") + origin);
  fact.claim = folded_line(fact.claim);
  fact.id = folded_line(fact.id);
  // Owners are looked up by their exact words, so only a password in an address is replaced.
  if (fact.owner.find("://") != std::string::npos) fact.owner = secrets::redacted(fact.owner).text;
  fact.owner = folded_line(fact.owner);
  if (fact.subject.empty()) return misuse("a fact needs a subject", "cascade memory add SUBJECT TEXT");
  if (fact.text.empty()) return misuse("a fact needs a text", "cascade memory add SUBJECT TEXT");
  if (fact.subject.size() > max_subject_bytes)
    return misuse("the subject is longer than " + std::to_string(max_subject_bytes) + " bytes",
                  "name it in a few words");
  if (fact.text.size() > max_text_bytes)
    return misuse("the text is longer than " + std::to_string(max_text_bytes) + " bytes",
                  "split it: one fact, one text");
  if (fact.source.size() > max_source_bytes) fact.source.resize(max_source_bytes);
  fact.source = unicode::replace_invalid(fact.source);
  if (fact.id.size() > max_subject_bytes) return misuse("the id is too long");
  if (fact.kind.empty()) fact.kind = "fact";
  fact.trust = std::min(fact.trust, recall::full_trust);
  return fact;
}

}  // namespace cascade::memory
