// Adds what role_places.h finds on a line. The words count only as agents, and as calls only where the sentence orders
// one.
#include "manifest/identity.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/role_places.h"
#include "manifest/strength.h"
#include "text/ascii.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace cascade::manifest {
namespace {

class RoleFinder {
 public:
  RoleFinder(const BodyText& body, const TextLine& line, Candidates& out)
      : body_(body), line_(line), text_(body.text(line)), out_(out) {}

  void find() {
    const auto may_end = [](const char* from) noexcept {
      return may_be_role_ends(letters::to_lower(letters::load_block(from)),
                              letters::to_lower(letters::load_block(from + 1)),
                              letters::to_lower(letters::load_block(from + 2)));
    };
    letters::for_each_where(text_, may_end, [&](std::size_t at) {
      if (at < done_ || !is_before_role_end(text_, at) || !ends_like_role(text_, at)) return;
      const RolePlace place = role_place(text_, at);
      if (place.end != 0 && (place.drawn || line_.context != Context::code)) add_list(place);
    });
  }

 private:
  void add_list(RolePlace place) {
    for (RolePlace before = role_before_arrow(text_, place.begin); before.end != 0 && before.begin >= done_;
         before = role_before_arrow(text_, before.begin))
      add(before);
    for (; place.end != 0; place = next_role(text_, done_)) {
      add(place);
      done_ = place.end;
    }
  }

  void add(RolePlace place) {
    std::string name = letters::to_lower(text_.substr(place.begin, place.end - place.begin));
    std::replace(name.begin(), name.end(), ' ', '-');
    if (is_generic_alias(name) || is_example_name(name) || kind_word(name) != 0) return;
    const std::size_t begin = line_.begin + place.begin;
    const bool text = line_.context != Context::code && line_.context != Context::heading;
    Strength strength = text ? strength_of(body_, line_, begin, line_.begin + place.end) : Strength::mentioned;
    if (!place.ordered) strength = std::max(strength, Strength::mentioned);
    out_.add(kinds_agent, name, Via::prose, strength, begin, Candidates::Certainty::by_place);
  }

  const BodyText& body_;
  const TextLine& line_;
  std::string_view text_;
  Candidates& out_;
  std::size_t done_ = 0;
};

}  // namespace

void find_roles(const BodyText& body, const TextLine& line, Candidates& out) { RoleFinder(body, line, out).find(); }

}  // namespace cascade::manifest
