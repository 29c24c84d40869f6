// A session with its forks: where in their common conversation each delivery arrived, and what came after it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "usage/conversation.h"
#include "usage/deliveries.h"
#include "usage/used.h"

namespace cascade::usage {

// Sessions that came from each other by forking, the first one first; all others alone. In the order of their ids.
std::vector<std::vector<const Session*>> families_of(const std::vector<Session>& sessions);

class Family {
 public:
  struct Placed {
    const Session* session = nullptr;
    const Delivery* delivery = nullptr;
  };

  using SeeTurn = std::function<void(const Session& session, const Event& prompt, const std::vector<Placed>& deliveries,
                                     const std::vector<std::string>& called)>;

  Family(const std::vector<const Session*>& sessions, const Conversation& conversation);

  // Whether there is a log of what happened to a subagent; of the conversation itself if it is empty.
  bool has(const Session& session, const std::string& agent) const {
    return conversation_.stream_of(session.id, agent) != nullptr;
  }
  // What shows that a delivery's section was followed: by its recipient, or by a subagent or a fork of the session that
  // began with what the recipient held.
  Shown shown(const Session& session, const Delivery& delivery, const Signs& signs) const;
  // Whether what was offered was brought in or called afterwards.
  bool takes(const Session& session, const Named& offer) const;
  // Each prompt of the conversation, those that a fork repeats only once, with what was delivered and called before the
  // next one.
  void each_turn(const SeeTurn& see) const;

 private:
  std::size_t place_of(const Session& session, const Delivery& delivery) const;
  std::size_t find_place(const Delivery& delivery, const Stream& stream);
  std::vector<const Session*> forks_of(const Session& session) const;
  std::size_t common_with(const Session& parent, const Session& fork) const;

  const std::vector<const Session*>& sessions_;
  const Conversation& conversation_;
  std::map<std::pair<std::string, std::uint64_t>, std::size_t> places_;  // by session and sequence
  // How many events a session's log and that of one of its forks begin with in common.
  std::map<std::pair<const Session*, const Session*>, std::size_t> common_;
  std::vector<std::pair<const Stream*, std::size_t>> used_places_;  // contexts that belong to a delivery
};

}  // namespace cascade::usage
