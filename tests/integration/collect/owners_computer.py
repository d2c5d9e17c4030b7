# SPDX-License-Identifier: BSD-3-Clause
"""A tree that looks like an owner's computer: the kernel's files about its Management Engine and TPM, with names planted in
them that nobody else is to see."""
import struct

CLIENT = "8e6a6715-9abc-4043-88ef-9e39c6f63e0f"  # MKHI: of every board
HECI = "0000:00:16.0"

SERIAL, BOARD_SERIAL, ASSET = "YK4T007123", "/5CG0017XQ2/", "ASSET-00417"
UUID = "4c4c4544-0031-3510-8058-b4c04f4d4132"
MAC, OTHER_MAC, IP, IP6 = "00:19:99:ab:cd:ef", "a4-bb-6d-12-34-56", "192.168.178.23", "fe80::219:99ff:feab:cdef"
PLANTED = [SERIAL, BOARD_SERIAL, ASSET, UUID, MAC, OTHER_MAC, IP, IP6, "fe80::1", "SN-77-PLANTED"]

KERNEL = f"""6,101,1000;Linux version 6.1.0-30-amd64
6,102,2000000;DMI: FUJITSU ESPRIMO E720/D3221-A1, BIOS V4.6.5.4 R1.35.0 {SERIAL}
6,103,3000000;usb 1-1: SerialNumber: not of ours
6,104,5140900;mei_me {HECI}: hbm: properties response: {CLIENT}
6,105,5140901;mei_me {HECI}: wd: {UUID} of {MAC}
6,106,5140902;mei_me {HECI}: amthi: {OTHER_MAC} has {IP} and {IP6}, gateway fe80::1
6,107,5140903;tpm_tis 00:06: 1.2 TPM (device-id 0x1A, rev-id 16) serial number: SN-77-PLANTED
6,108,5140904;mei_me {HECI}: version 9.0.2.134
"""


def configuration_space():
    """Of Lynx Point's function as its datasheet lays it out; a serial number's capability stands behind byte 256."""
    space = bytearray(4096)
    struct.pack_into("<HHHH", space, 0, 0x8086, 0x8C3A, 0x0006, 0x0010)
    space[8], space[9], space[10], space[11] = 0x04, 0x00, 0x80, 0x07
    struct.pack_into("<HH", space, 0x2C, 0x1734, 0x11C2)
    struct.pack_into("<I", space, 0x40, 0x1E000255)
    struct.pack_into("<I", space, 0x48, 0x60002306)
    space[256:272] = b"\x03\x00\x01\x00SERIALSERIAL"
    return bytes(space)


def make(root):
    def write(name, contents):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())

    function = f"sys/bus/pci/devices/{HECI}"
    for name, value in {"vendor": "0x8086", "device": "0x8c3a", "class": "0x078000", "revision": "0x04",
                        "subsystem_vendor": "0x1734", "subsystem_device": "0x11c2"}.items():
        write(f"{function}/{name}", value + "\n")
    write(f"{function}/config", configuration_space())
    # A serial port of the same slot, and a sound card where an ICH9 has its engine.
    for other, kind in {"0000:00:16.3": "0x070002", "0000:00:03.0": "0x040300"}.items():
        write(f"sys/bus/pci/devices/{other}/vendor", "0x8086\n")
        write(f"sys/bus/pci/devices/{other}/class", kind + "\n")
        write(f"sys/bus/pci/devices/{other}/config", b"not wanted")
    for name, value in {"fw_ver": "0:9.0.2.1345\n0:9.0.2.134\n0:9.0.2.1345\n", "dev_state": "ENABLED\n", "hbm_ver": "1.1\n",
                        "hbm_ver_drv": "2.2\n", "kind": "mei\n", "fw_status": "1E000255\n60002306\n"}.items():
        write(f"sys/class/mei/mei0/{name}", value)
    for name, value in {"name": "mkhi", "uuid": CLIENT, "version": "02", "max_conn": "1", "fixed": "0", "vtag": "0", "max_len": "2048"}.items():
        write(f"sys/bus/mei/devices/mei0-{CLIENT}/{name}", value)  # the kernel ends no line here
    write("sys/kernel/debug/mei0/meclients", f"  |id|fix|         UUID                       |con|msg len|sb|refc|\n"
                                             f" 0|32|  0|{CLIENT}|  1|   2048| 0|   2|\n")
    write("sys/kernel/debug/mei0/devstate", "dev: ENABLED\nhbm: STARTED\n")
    write("sys/class/tpm/tpm0/tpm_version_major", "1\n")
    write("sys/class/tpm/tpm0/device/caps", "Manufacturer: 0x49465800\nTCG version: 1.2\nFirmware version: 3.19\n")
    write("sys/class/tpm/tpm0/device/owned", "1\n")
    write("sys/class/tpm/tpm0/device/pubek", "a key of this computer alone\n")
    for name, value in {"sys_vendor": "FUJITSU", "product_name": "ESPRIMO E720", "board_name": "D3221-A1", "bios_version": "V4.6.5.4 R1.35.0",
                        "product_serial": SERIAL, "board_serial": BOARD_SERIAL, "chassis_asset_tag": ASSET, "product_uuid": UUID,
                        "chassis_serial": "Default string"}.items():
        write(f"sys/class/dmi/id/{name}", value + "\n")
    write("sys/class/net/eno1/address", MAC + "\n")
    write("proc/version", "Linux version 6.1.0-30-amd64\n")
    write("dev/kmsg", KERNEL)
