// Collects the references found in a text, form by form, and puts them in order.
#pragma once

#include <cascade/manifest.h>

#include "manifest/body_text.h"
#include "manifest/marks.h"
#include "manifest/section_memo.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace cascade::manifest {

class Candidates {
 public:
  explicit Candidates(const BodyText& text) : text_(text), marks_(text.text()) { found_.reserve(usual_count); }

  // `offset` is in BodyText::text(), where the name begins. A kind of 0 or of several bits is not known: the first of
  // agent, command, skill in it is the best guess (skill for 0). A single kind is known unless it is only a `guess`.
  enum class Certainty : std::uint8_t { stated, guess };
  void add(Kinds kinds, std::string_view name, Via via, Strength strength, std::size_t offset,
           Certainty certainty = Certainty::stated);

  // Where what is below one heading may have changed what was found below another.
  void note_entangled() noexcept { entangled_ = true; }
  bool are_entangled() const noexcept { return entangled_ || text_.is_entangled(); }

  // In the order of the file. References to one name on one line become one: the first form of `Via`, the greatest
  // strength.
  FoundReferences take();

  const BodyText& body() const noexcept { return text_; }
  const Marks& marks() const noexcept { return marks_; }  // of its text

 private:
  struct Candidate {
    Symbol target;
    bool kind_known;
    Via via;
    Strength strength;
    std::size_t offset;
    std::size_t line;
  };
  static bool merge(Candidate& kept, const Candidate& later);

  const BodyText& text_;
  Marks marks_;
  static constexpr std::size_t usual_count = 32;

  std::vector<Candidate> found_;
  bool entangled_ = false;
};

// As the manifest has them.
std::vector<Reference> with_places(FoundReferences found, std::string_view path, const syntax::LineIndex& file);

}  // namespace cascade::manifest
