// The sources of a build: as read this time, or as an earlier build noted them.
//
// A source is anew when it must be counted: it is not known from before, or something that its words depend on changed.
// Such a source is read and noted once. Its text is kept until it is counted, up to a limit for all of them together:
// in a larger library the others are read once more.
#pragma once

#include <cascade/route.h>

#include "route/build/fields.h"
#include "route/build/notes.h"

namespace cascade::route {

// Whether a link counts for its target: it does not exclude it and is in the body.
inline bool is_heard(const Link& link) { return link.strength != Strength::excluded && link.line != 0; }

// The lines whose hashes are in NotesData::links, in its order, as their targets count them.
struct LinkTexts {
  std::vector<TextSpan> spans;
  std::string bytes;

  std::string_view operator[](std::size_t i) const {
    return std::string_view(bytes).substr(spans[i].offset, spans[i].length);
  }
};

// The content of the file that a manifest was made of; nullopt when not known.
using ContentOf = std::function<std::optional<hash::Hash128>(ManifestId)>;

// Sources are numbers, in the order of `ids`.
class Readings {
 public:
  // All is referred to. `content` may be empty.
  Readings(const Registry& registry, const ReadSource& read, const RouterOptions& options, const ContentOf& content,
           const std::vector<ManifestId>& ids);

  // Takes over the records of sources whose file and description are as noted. REQUIRES: `content`.
  void take_over(const Notes& notes);
  void start_again();

  std::size_t size() const noexcept { return works_.size(); }
  bool takes_over() const noexcept { return notes_ != nullptr; }
  bool is_anew(std::size_t source) const noexcept { return works_[source].anew; }
  void set_anew(std::size_t source) noexcept { works_[source].anew = true; }
  std::size_t count_anew() const;

  Result<const Source*> load(std::size_t source);  // reads it, unless it is kept
  void drop(std::size_t source) { works_[source].source.reset(); }
  // Reads a source and notes its lines and the lines of its links, once; it is anew.
  Result<void> note(std::size_t source);

  // REQUIRES for what follows: the source was noted, now or before.
  const NotedSource& record(std::size_t source) const;
  NotedSource& fresh_record(std::size_t source) { return fresh_[works_[source].fresh]; }  // REQUIRES: noted now
  bool is_noted_now(std::size_t source) const noexcept { return works_[source].fresh != none; }
  NotesData& fresh_notes() noexcept { return fresh_notes_; }  // of all that were noted now
  const NotedSource* noted_before(std::size_t source) const noexcept { return works_[source].noted; }
  Span<std::uint32_t> lines(std::size_t source) const;
  Span<LinkLine> links(std::size_t source) const;
  // The line of a source that contains a link, in the form counted for the link's target; empty when there is none.
  Result<std::string_view> referring_text(std::size_t source, std::uint32_t line);

 private:
  struct Work {
    std::uint64_t inputs = 0;
    const NotedSource* noted = nullptr;  // its earlier records, if file and description are unchanged
    bool anew = true;
    std::unique_ptr<Source> source;  // as far as it was read and is kept
    hash::Hash128 content;           // of the text that was noted
    std::uint32_t fresh = none;      // its place in `fresh_`; none: it was not noted
  };

  hash::Hash128 content_of(const Source& source) const;

  const Registry& registry_;
  const ReadSource& read_;
  const RouterOptions& options_;
  const ContentOf& content_;
  const std::vector<ManifestId>& ids_;
  const Notes* notes_ = nullptr;  // of the earlier build; null: nothing is taken over
  LineSet lines_;                 // of the source that is noted
  std::vector<NotedSource> fresh_;
  NotesData fresh_notes_;
  LinkTexts link_texts_;
  std::vector<Work> works_;  // by source
  std::size_t kept_ = 0;     // bytes of the texts that were kept
};

struct NotedPart {
  const Notes* notes = nullptr;
  const NotedSource* source = nullptr;
};

Vocabulary vocabulary_of(const LexiconTable& lexicon, const Notes& notes);

// Joins parts whose words are numbered as in `vocabulary`; words that no part uses are left out. `by_text`: the list
// Notes::by_text of the vocabulary's first `listed` words; empty when there is none.
struct Joined {
  NotesData notes;
  std::vector<std::uint32_t> new_terms;  // by the vocabulary's number; none: left out
};
Joined join_notes(const std::vector<NotedPart>& parts, const Vocabulary& vocabulary, const LexiconTable& lexicon,
                  const Span<std::uint32_t>& by_text, std::uint32_t listed);

}  // namespace cascade::route
