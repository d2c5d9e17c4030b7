-- SPDX-License-Identifier: BSD-3-Clause
-- Dissectors for the captures that `mesim trace pcapng` writes: HECI messages, TPM 1.2 commands and
-- what else happened on a simulated board. Wireshark's own TPM dissector is for TPM 2.0.
--
--   tshark -X lua_script:mebench.lua -r story.pcapng -V
--   tshark -X lua_script:mebench.lua -r story.pcapng -Y 'mebench.result != 0'
--
-- Installed: copy it into Wireshark's folder "Personal Lua Plugins" (Help, About, Folders).
-- The layout of a packet is told by emulator/trace/pcapng.h.

local heci = Proto("mebench_heci", "HECI message of a Management Engine")
local tpm = Proto("mebench_tpm12", "TPM 1.2 command or answer")
local event = Proto("mebench_event", "Event on a simulated board")

local directions = { [0] = "host to board", [1] = "board to host" }

-- HBM commands: Intel's ME Interface Host Bus Message protocol, as Linux drivers/misc/mei/hw.h names
-- them. The answer has the same number with bit 7 set.
local hbm_commands = {
  [0x01] = "HOST_START", [0x02] = "HOST_STOP", [0x03] = "ME_STOP", [0x04] = "HOST_ENUM",
  [0x05] = "CLIENT_PROPS", [0x06] = "CONNECT", [0x07] = "DISCONNECT", [0x08] = "FLOW_CONTROL",
  [0x09] = "CLIENT_CONNECTION_RESET", [0x0A] = "POWER_GATE_ISOLATION_ENTRY",
  [0x0B] = "POWER_GATE_ISOLATION_EXIT", [0x0F] = "ADD_CLIENT", [0x10] = "NOTIFY_REQUEST",
  [0x11] = "NOTIFICATION", [0x12] = "DMA_SETUP", [0x13] = "CAPABILITIES",
}

local common = {
  version = ProtoField.uint8("mebench.version", "Version of the capture's packets"),
  direction = ProtoField.uint8("mebench.direction", "Direction", base.DEC, directions),
  says = ProtoField.string("mebench.says", "Says"),
}
local of_heci = {
  me = ProtoField.uint8("mebench.me", "Address in the ME", base.HEX),
  host = ProtoField.uint8("mebench.host", "Address at the host", base.DEC),
  data = ProtoField.bytes("mebench.data", "Message (its first bytes)"),
  hbm = ProtoField.uint8("mebench.hbm", "HBM command", base.HEX, hbm_commands, 0x7F),
  hbm_answer = ProtoField.bool("mebench.hbm.answer", "It is an answer", 8, nil, 0x80),
}
local of_tpm = {
  ordinal = ProtoField.uint32("mebench.ordinal", "Ordinal", base.HEX),
  size = ProtoField.uint32("mebench.size", "Bytes of the command", base.DEC),
  result = ProtoField.uint32("mebench.result", "Return code", base.HEX),
}
local of_event = {
  a = ProtoField.uint32("mebench.a", "First number", base.DEC_HEX),
  b = ProtoField.uint32("mebench.b", "Second number", base.DEC_HEX),
}

heci.fields = {
  common.version, common.direction, common.says,
  of_heci.me, of_heci.host, of_heci.data, of_heci.hbm, of_heci.hbm_answer,
}
tpm.fields = { of_tpm.ordinal, of_tpm.size, of_tpm.result }
event.fields = { of_event.a, of_event.b }

local HEAD = 4
local TO_HOST = 1

-- What every packet begins with: the words, the direction, and where the rest begins.
local function begin(proto, buffer, pinfo, root)
  local words = buffer(2, 2):uint()
  local tree = root:add(proto, buffer())
  tree:add(common.version, buffer(0, 1))
  tree:add(common.direction, buffer(1, 1))
  local says = ""
  if words > 0 then
    tree:add(common.says, buffer(HEAD, words))
    says = buffer(HEAD, words):string()
  end
  local to_host = buffer(1, 1):uint() == TO_HOST
  pinfo.cols.src = to_host and "board" or "host"
  pinfo.cols.dst = to_host and "host" or "board"
  pinfo.cols.info = says
  return tree, HEAD + words, to_host
end

function heci.dissector(buffer, pinfo, root)
  pinfo.cols.protocol = "HECI"
  local tree, at = begin(heci, buffer, pinfo, root)
  local address = buffer(at, 1):uint()
  tree:add(of_heci.me, buffer(at, 1))
  tree:add(of_heci.host, buffer(at + 1, 1))
  local left = buffer:len() - at - 2
  if left == 0 then return end
  local message = buffer(at + 2, left)
  tree:add(of_heci.data, message)
  if address ~= 0 then return end
  tree:add(of_heci.hbm, message(0, 1))
  tree:add(of_heci.hbm_answer, message(0, 1))
end

function tpm.dissector(buffer, pinfo, root)
  pinfo.cols.protocol = "TPM 1.2"
  local tree, at, answer = begin(tpm, buffer, pinfo, root)
  tree:add(of_tpm.ordinal, buffer(at, 4))
  tree:add(answer and of_tpm.result or of_tpm.size, buffer(at + 4, 4))
  if answer then
    pinfo.cols.info = string.format("%s answers 0x%X", tostring(pinfo.cols.info), buffer(at + 4, 4):uint())
  end
end

function event.dissector(buffer, pinfo, root)
  pinfo.cols.protocol = "board"
  local tree, at = begin(event, buffer, pinfo, root)
  pinfo.cols.src = "board"
  pinfo.cols.dst = ""
  tree:add(of_event.a, buffer(at, 4))
  tree:add(of_event.b, buffer(at + 4, 4))
end
