//! Invented waybills for the tests. Nobody of these exists.

use label::forms::waybill::{Child, Marks, Party, Pay, WaybillData};

/// An ordinary waybill.
pub fn ordinary() -> WaybillData {
    WaybillData {
        carrier_name: "圆通速递".into(),
        sort_code: "302-A07-18".into(),
        bag_place: "成都转".into(),
        destination: "武侯".into(),
        no: Some("YT8812000033910".into()),
        qr: "YT8812000033910".into(),
        order_no: "WC-20937".into(),
        sender: Party {
            name: "拾光家居".into(),
            phone: "0571-88001234".into(),
            address: "浙江省杭州市余杭区仓前街道文一西路1500号".into(),
        },
        receiver: Party {
            name: "欧阳建国".into(),
            phone: "15100007730".into(),
            address: "四川省成都市武侯区天府大道中段1388号美年广场A座902".into(),
        },
        goods: "保温杯 480ml ×2 · 杯刷 ×1".into(),
        note: "送货前请电话联系，放门口快递柜也可以".into(),
        made_at: "2026-11-21 10:04".into(),
        copy: 1,
        practice: false,
        marks: Marks::default(),
        extras: None,
    }
}

/// Long in every field, printed again.
pub fn crowded() -> WaybillData {
    WaybillData {
        carrier_name: "中国邮政速递物流特快专递".into(),
        sort_code: "新疆 991-W12-05 08".into(),
        bag_place: "乌鲁木齐分拨中心转".into(),
        destination: "天山区新华北路".into(),
        no: Some("EMS75312345678901".into()),
        qr: "EMS75312345678901;https://example.com/t/EMS75312345678901".into(),
        order_no: "TB-3308821990012345678-拆分-02".into(),
        sender: Party {
            name: "𠮷祥文具（批发）旗舰店".into(),
            phone: "13700001234-0042".into(),
            address: "广东省深圳市南山区粤海街道科技园社区高新南七道数字技术园B1栋5楼503".into(),
        },
        receiver: Party {
            name: "阿不都热合曼·买买提".into(),
            phone: "13812345678转1234".into(),
            address: "新疆维吾尔自治区乌鲁木齐市天山区解放南路街道（国际大巴扎北门斜对面红绿灯路口向东五十米）\
                      幸福花园小区12号楼3单元1802室，请从西侧小门进入"
                .into(),
        },
        goods: "中性笔 0.5mm 黑色 12支装 ×10 · 笔记本 A5 方格 ×24 · 便利贴 76×76 ×36 · 订书机 ×3 · \
                订书针 24/6 ×20 · 文件夹 A4 双夹 ×15 · 修正带 ×8 · 长尾夹 25mm ×6 · 剪刀 ×2 · 胶水 ×5 · \
                荧光笔 六色 ×4 · 白板笔 ×12"
            .into(),
        note: "易碎，轻放！周末不送，工作日九点以后送到前台，谢谢老板".into(),
        copy: 2,
        ..ordinary()
    }
}

/// Practice, before a number was issued, with little in it.
pub fn practice() -> WaybillData {
    WaybillData {
        carrier_name: "练习快递".into(),
        sort_code: String::new(),
        no: None,
        qr: String::new(),
        note: String::new(),
        practice: true,
        ..ordinary()
    }
}

/// With every mark there is, a child parcel on its way back.
pub fn marked() -> WaybillData {
    WaybillData {
        marks: Marks {
            pay: Some(Pay::Receiver),
            cod_fen: Some(12_805),
            insured_fen: Some(300_000),
            privacy: true,
            is_return: true,
            slip: false,
            product: "标快".into(),
            child: Some(Child { nth: 2, of: 3, mother_no: "YT8812000033909".into() }),
        },
        ..ordinary()
    }
}
