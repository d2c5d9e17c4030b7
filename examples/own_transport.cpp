// SPDX-License-Identifier: BSD-3-Clause
// An update over a transport of one's own: here a line that carries frames (a length, then so many
// bytes), as a serial line or a debug probe would. At its far end is a board; the updater does not
// know.
#include <mebench/board.h>
#include <mebench/updater.h>

#include <cstdio>
#include <deque>

namespace {

using mebench::Bytes;
using mebench::ByteView;
using mebench::Duration;
using mebench::Errc;
using mebench::Error;
using mebench::Result;

/// Two lengths of cable with somebody at the far end who speaks to a client.
class Line {
 public:
  explicit Line(std::unique_ptr<mebench::MeConnection> far_end) : far_end_(std::move(far_end)) {}

  void put_frame(ByteView message) {
    to_far_.push_back(static_cast<std::uint8_t>(message.size() & 0xFF));
    to_far_.push_back(static_cast<std::uint8_t>(message.size() >> 8));
    to_far_.insert(to_far_.end(), message.begin(), message.end());
  }
  Result<void> forward(Duration limit) {
    const Bytes message = take_frame(to_far_);
    return far_end_->send(message, limit);
  }
  Result<Bytes> answer(Duration limit) { return far_end_->receive(limit); }
  const mebench::MeConnection& far_end() const { return *far_end_; }

 private:
  static Bytes take_frame(std::deque<std::uint8_t>& line) {
    const std::size_t size = line[0] | static_cast<std::size_t>(line[1]) << 8;
    Bytes message(line.begin() + 2, line.begin() + 2 + static_cast<std::ptrdiff_t>(size));
    line.erase(line.begin(), line.begin() + 2 + static_cast<std::ptrdiff_t>(size));
    return message;
  }

  std::unique_ptr<mebench::MeConnection> far_end_;
  std::deque<std::uint8_t> to_far_;
};

class LineConnection final : public mebench::MeConnection {
 public:
  LineConnection(Line line, std::size_t& carried) : line_(std::move(line)), carried_(carried) {}

  std::uint32_t max_message_length() const override { return line_.far_end().max_message_length(); }
  std::uint8_t protocol_version() const override { return line_.far_end().protocol_version(); }
  Result<void> send(ByteView message, Duration limit) override {
    if (message.size() > max_message_length()) return Error{Errc::invalid, "too long for a frame"};
    carried_ += message.size();
    line_.put_frame(message);
    return line_.forward(limit);
  }
  Result<Bytes> receive(Duration limit) override { return line_.answer(limit); }

 private:
  Line line_;
  std::size_t& carried_;
};

/// The Management Engine at the far end. It is a simulated one, and this class knows that; one that
/// is not sure leaves simulated() alone, and the updater asks for a backup.
class FarMe final : public mebench::MeDevice {
 public:
  explicit FarMe(mebench::MeDevice& far) : far_(far) {}

  std::string name() const override { return "line:" + far_.name(); }
  bool simulated() const override { return far_.simulated(); }
  Result<std::unique_ptr<mebench::MeConnection>> connect(const mebench::Guid& client) override {
    return over_the_line(far_.connect(client));
  }
  Result<std::unique_ptr<mebench::MeConnection>> open_fixed(std::uint8_t me_addr) override {
    return over_the_line(far_.open_fixed(me_addr));
  }
  Result<std::uint16_t> pci_device_id() override { return far_.pci_device_id(); }

  std::size_t carried() const { return carried_; }

 private:
  Result<std::unique_ptr<mebench::MeConnection>> over_the_line(
      Result<std::unique_ptr<mebench::MeConnection>> opened) {
    if (!opened) return opened.error();
    return std::unique_ptr<mebench::MeConnection>(
        std::make_unique<LineConnection>(Line(*std::move(opened)), carried_));
  }

  mebench::MeDevice& far_;
  std::size_t carried_ = 0;
};

}  // namespace

int main() {
  mebench::Board board =
      mebench::Board::make("esprimo-e5730",
                           {.set = {{"settings.enabled_update_interfaces", "1"}}})  // over HECI
          .value();
  board.boot().value();
  FarMe me(board.me());
  mebench::Updater updater({.me = me, .clock = board.clock()});

  auto image = mebench::Image::parse(board.update_image({5, 2, 70, 1046}).value());
  if (!image) return std::puts(image.error().what.c_str()), 1;
  const mebench::Plan plan = updater.plan(*image).value();
  std::printf("plan: %s\n", plan.text().c_str());
  if (plan.verdict() != mebench::Verdict::ready) return 1;

  std::size_t tellings = 0;
  const auto report = updater.carry_out(plan, *image, [&](const mebench::Progress&) {
    ++tellings;
    return mebench::Then::go_on;
  });
  if (!report) return std::puts(report.error().what.c_str()), 1;
  std::printf("ended: %s, %zu bytes sent\n", name(report->outcome), report->bytes_sent);
  std::printf("told of progress: %s\n", tellings > 10 ? "often" : "hardly");
  std::printf("the line carried more than the image: %s\n",
              me.carried() > image->bytes_to_transfer() ? "yes" : "no");
  std::printf("the board runs %s\n", board.fact("version").value().c_str());
}
